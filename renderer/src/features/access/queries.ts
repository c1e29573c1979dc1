import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Outputs } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

export type AccessState = Outputs['access']['state']
export type AccessPerson = AccessState['people'][number]
export type DeskSession = AccessState['sessions'][number]

/** Who may open the desk from where. Nothing announces what others do elsewhere: it is asked for at each look. */
export function useAccess() {
  return useQuery(api.access.state.queryOptions({ staleTime: 0 }))
}

export function useAccessWrites() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: api.access.key() })
  const onError = (error: unknown) => notifyFailure(error)
  return {
    // What is wrong with a password is shown beside it.
    setPassword: useMutation(api.access.setPassword.mutationOptions({ onSettled })),
    removePassword: useMutation(api.access.removePassword.mutationOptions({ onSettled, onError })),
    endSession: useMutation(api.access.endSession.mutationOptions({ onSettled, onError })),
  }
}
