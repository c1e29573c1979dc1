import { Skeleton, Stack } from '@mantine/core'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { NetworkCard } from '../access/NetworkCard.tsx'
import { DiagnosticsCard } from './DiagnosticsCard.tsx'
import { InBrowserCard } from './InBrowserCard.tsx'
import { useShell } from './queries.ts'
import { RunningCard } from './RunningCard.tsx'
import { SecretsCard } from './SecretsCard.tsx'
import { TroublesCard } from './TroublesCard.tsx'
import { UpdatesCard } from './UpdatesCard.tsx'

/** How Mostrador lives on this computer. A browser's desk shows what it can, and says why the rest is not there. */
export function ComputerPart() {
  const shell = useShell()
  if (shell.data === undefined) {
    if (shell.error !== null) return <ErrorNotice error={shell.error} onRetry={() => void shell.refetch()} />
    return (
      <Stack aria-hidden>
        <Skeleton height={180} radius="lg" />
        <Skeleton height={220} radius="lg" />
      </Stack>
    )
  }
  const state = shell.data
  return (
    <Stack gap="lg">
      {state.desktop ? (
        <>
          <RunningCard state={state} />
          <UpdatesCard update={state.update} />
        </>
      ) : (
        <InBrowserCard />
      )}
      <SecretsCard method={state.secrets} desktop={state.desktop} />
      <NetworkCard />
      {state.desktop ? <TroublesCard troubles={state.troubles} /> : null}
      <DiagnosticsCard desktop={state.desktop} />
    </Stack>
  )
}
