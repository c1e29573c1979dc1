import { useQuery } from '@tanstack/react-query'
import { api } from '../rpc/client.ts'

/** Whether the owner sits in front of the desk; a clerk does not see what only the owner may do. */
export function useIsOwner(): boolean {
  return useQuery(api.session.me.queryOptions()).data?.person?.role !== 'staff'
}
