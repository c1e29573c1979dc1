import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ShellState } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** What this computer can do and does for Mostrador. The watch keeps it fresh. */
export function useShell() {
  return useQuery(api.shell.state.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
}

export function useShellWrites() {
  const queries = useQueryClient()
  const take = (state: ShellState) => queries.setQueryData(api.shell.state.queryKey(), state)
  const onError = (error: unknown) => notifyFailure(error)
  return {
    set: useMutation(api.shell.set.mutationOptions({ onSuccess: take, onError })),
    check: useMutation(api.shell.checkForUpdate.mutationOptions({ onSuccess: take, onError })),
    cancel: useMutation(api.shell.cancelUpdate.mutationOptions({ onError })),
    restart: useMutation(api.shell.restartToUpdate.mutationOptions({ onError })),
    openLogs: useMutation(api.shell.openLogs.mutationOptions({ onError })),
  }
}
