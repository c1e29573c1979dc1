import { QueryClient } from '@tanstack/react-query'
import { NotConnectedError } from './connection.ts'

/** Server state is refreshed by live events; a call repeats by itself only when the connection was lost. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The app is on this computer: the browser's idea of being online says nothing about it.
        networkMode: 'always',
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => error instanceof NotConnectedError && count < 3,
        retryDelay: 300,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
