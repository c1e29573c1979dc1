import type { FinishedStep } from '../engines/engine.ts'
import { isOff } from '../mutants.ts'
import type { JournaledStep } from '../turns/journal.ts'
import { refreshStepName, withRefreshedResults } from './calls.ts'

/** Name under which the loop journals what it looks up before a prompted engine is asked. */
export const retrievalStepName = 'retrieval'

/** Journaled steps as an engine sees them: drafts left out, results of read calls as fresh as they are known. */
export function finishedSteps(steps: readonly JournaledStep[]): FinishedStep[] {
  return withRefreshedResults(steps)
    .filter((step) => step.answer.calls.length > 0)
    .map((step) => ({
      text: step.answer.text,
      state: step.answer.state,
      calls: step.calls.map((call) => ({
        name: call.tool,
        arguments: call.arguments,
        result: call.result.ok
          ? { ok: true, data: call.result.data }
          : { ok: false, code: call.result.code ?? 'engine.failed', data: call.result.data },
      })),
      ...authorOf(step),
    }))
}

function authorOf(step: JournaledStep): Pick<FinishedStep, 'by'> {
  if (step.engine === retrievalStepName) return { by: retrievalStepName }
  return step.served === null ? {} : { by: step.served.kind }
}

/** Whether a model, not rules, answered this step. */
export function isPrompted(step: Pick<JournaledStep, 'served'>): boolean {
  return step.served !== null && step.served.kind !== 'builtin'
}

/** Steps in which tools ran that engines of one sort asked for; the loop's own do not count. */
export function toolSteps(steps: readonly JournaledStep[], prompted: boolean): number {
  return steps.filter(
    (step) =>
      step.calls.length > 0 &&
      step.engine !== refreshStepName &&
      step.engine !== retrievalStepName &&
      isPrompted(step) === prompted,
  ).length
}

/** Drafts that a model is asked to write again in one turn, after the gate refused them. */
export const maxRewrites = 1

/** Whether models have had their say in this turn: refused once too often, or going in circles. */
export function modelsAreDone(steps: readonly JournaledStep[]): boolean {
  const refused = steps.flatMap((step) => (step.refused === null ? [] : [step.refused]))
  if (refused.some((findings) => findings.some(({ kind }) => kind === 'calls'))) return true
  return refused.length > maxRewrites && !isOff('agent.retry_once')
}
