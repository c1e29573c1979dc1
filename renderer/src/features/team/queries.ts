import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** People of the shop, to whom conversations can be assigned. */
export function usePeople() {
  const { t } = useTranslation('serving')
  const owner = t('team.owner')
  // An owner who never said a name is called what they are.
  const select = useCallback(
    (people: Person[]) => people.map((person) => (person.name === '' ? { ...person, name: owner } : person)),
    [owner],
  )
  return useQuery(api.session.people.queryOptions({ select }))
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
      void queries.invalidateQueries({ queryKey: api.access.key() })
      // Nobody has the conversations of somebody who left.
      void queries.invalidateQueries({ queryKey: api.conversations.key() })
    },
  }
  return {
    add: useMutation(api.session.addPerson.mutationOptions(options)),
    remove: useMutation(api.session.removePerson.mutationOptions(options)),
  }
}
