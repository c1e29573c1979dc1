import { describe, expect, it } from 'vitest'
import type { ProbePoint } from '../../main/core/host.ts'
import type { MutantName } from '../../main/core/mutants.ts'
import type { StormReport } from './report.ts'
import { runStorm } from './storm.ts'

/** A small storm with one guard switched off. The whole one, with every guard, is `tests/faults/run.ts`. */
function stormWithout(mutant: MutantName, window: ProbePoint): Promise<StormReport> {
  return runStorm({ customers: 6, messagesEach: 5, killsPerWindow: 3, seed: 7, windows: [window], mutant })
}

describe('a process killed again and again', { timeout: 300_000 }, () => {
  it('is seen to fail when unknown sends are repeated', async () => {
    const report = await stormWithout('outbox.unknown_not_repeated', 'outbox.handed_over')
    expect(report.faults.repeatedSends).toBeGreaterThan(0)
  })
})
