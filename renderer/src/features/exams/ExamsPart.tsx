import { Stack } from '@mantine/core'
import { CompareView } from './CompareView.tsx'
import { OwnCases } from './OwnCases.tsx'
import { ReportView } from './ReportView.tsx'
import { RunList } from './RunList.tsx'
import { StartCard } from './StartCard.tsx'
import { comparisonOf } from './state.ts'

/** `run` comes from the address: one run's report, two against each other (`a..b`), or the overview. */
export function ExamsPart({ run }: { run: string | null }) {
  if (run === null) {
    return (
      <Stack gap="lg">
        <StartCard />
        <RunList />
        <OwnCases />
      </Stack>
    )
  }
  const pair = comparisonOf(run)
  return pair === null ? <ReportView runId={run} /> : <CompareView before={pair[0]} after={pair[1]} />
}
