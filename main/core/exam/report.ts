import type { CaseResult, ExamReport, ExamRun } from './exam.ts'
import { mean, quantile, shareOf } from './statistics.ts'

export type RunHead = Pick<
  ExamReport,
  'runId' | 'engine' | 'state' | 'failure' | 'startedAt' | 'endedAt' | 'seed'
>

/** The report of what was played so far. */
export function reportOf(head: RunHead, cases: CaseResult[]): ExamReport {
  const sum = (value: (item: CaseResult) => number) => cases.reduce((total, item) => total + value(item), 0)
  const steps = cases.flatMap((item) => item.steps)
  const seconds = cases.flatMap((item) => item.turns.map((turn) => turn.durationMs / 1000))
  const costs = cases.flatMap((item) => item.costMicros ?? [])
  const shares = (list: readonly CaseResult[]) =>
    shareOf(list.filter((item) => item.passed).length, list.length)
  return {
    ...head,
    overall: shares(cases),
    classes: [...new Set(cases.map((item) => item.class))].map((name) => ({
      class: name,
      ...shares(cases.filter((item) => item.class === name)),
    })),
    wrongFigures: sum((item) => item.wrongFigures),
    forbiddenActions: sum((item) => item.forbiddenActions),
    refusedDrafts: sum((item) => item.refusedDrafts),
    fallbacks: sum((item) => item.fallbacks),
    steps: { mean: mean(steps), most: Math.max(0, ...steps) },
    costMicros:
      costs.length === 0 && head.engine.kind !== 'builtin'
        ? null
        : costs.reduce((total, cost) => total + cost, 0),
    seconds: { p50: quantile(seconds, 0.5), p95: quantile(seconds, 0.95) },
    cases,
  }
}

/** A run without its cases, for lists. */
export function runOf(report: ExamReport): ExamRun {
  const { cases: _, classes: __, steps: ___, seconds: ____, ...run } = report
  return run
}
