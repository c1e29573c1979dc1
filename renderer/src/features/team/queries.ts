import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** People of the shop, to whom conversations can be assigned. */
export function usePeople() {
  return useQuery(api.session.people.queryOptions())
}

/** The signed-in person's id, null until it is known. */
export function useMyId(): string | null {
  return useQuery(api.session.me.queryOptions()).data?.person?.id ?? null
}

export function usePeopleWrites() {
  const queries = useQueryClient()
  const options = {
    onError: (error: unknown) => notifyFailure(error),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: api.session.people.key() })
      // Nobody has the conversations of somebody who left.
      void queries.invalidateQueries({ queryKey: api.conversations.key() })
    },
  }
  return {
    add: useMutation(api.session.addPerson.mutationOptions(options)),
    remove: useMutation(api.session.removePerson.mutationOptions(options)),
  }
}
