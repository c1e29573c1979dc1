import { Skeleton, Stack } from '@mantine/core'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useSpending } from '../engines/queries.ts'
import { SpendingEditor } from './SpendingEditor.tsx'
import { SpentCard } from './SpentCard.tsx'

/** What models have cost, and how much they may. */
export function SpendingPart() {
  const spending = useSpending()
  if (spending.data === undefined) {
    if (spending.error !== null)
      return <ErrorNotice error={spending.error} onRetry={() => void spending.refetch()} />
    return (
      <Stack aria-hidden>
        <Skeleton height={150} radius="lg" />
        <Skeleton height={240} radius="lg" />
      </Stack>
    )
  }
  return (
    <Stack gap="lg">
      <SpentCard spending={spending.data} />
      <SpendingEditor spending={spending.data} />
    </Stack>
  )
}
