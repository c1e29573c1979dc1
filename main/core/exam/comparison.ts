import type { CaseResult, ExamReport } from './exam.ts'
import { bootstrapInterval, mcnemarExact } from './statistics.ts'

/** Two runs held against each other, case by case; rates are of the cases that both have. */
export interface Comparison {
  /** The run before. */
  baseRunId: string
  runId: string
  /** Cases that both runs have. */
  cases: number
  baseRate: number
  rate: number
  /** `rate − baseRate` with a 95 % interval by paired bootstrap. */
  difference: number
  low: number
  high: number
  /** McNemar's exact test, two-sided. */
  p: number
  /** Names of cases that passed before and do not now. */
  regressions: string[]
  improvements: string[]
  classes: { class: string; cases: number; baseRate: number; rate: number }[]
  /** Sums over all cases of each run. */
  wrongFigures: { base: number; now: number }
  costMicros: { base: number | null; now: number | null }
}

/** Compares a run with the one before it. Cases are paired by class and name; the seed is the newer run's. */
export function compareRuns(base: ExamReport, now: ExamReport): Comparison {
  const before = new Map(base.cases.map((item) => [keyOf(item), item]))
  const pairs = now.cases.flatMap((item) => {
    const other = before.get(keyOf(item))
    return other === undefined ? [] : [{ before: other, now: item }]
  })
  const differences = pairs.map((pair) => Number(pair.now.passed) - Number(pair.before.passed))
  const regressions = pairs.filter((pair) => pair.before.passed && !pair.now.passed)
  const improvements = pairs.filter((pair) => !pair.before.passed && pair.now.passed)
  const rates = ratesOf(pairs)
  return {
    baseRunId: base.runId,
    runId: now.runId,
    cases: pairs.length,
    ...rates,
    difference: rates.rate - rates.baseRate,
    ...bootstrapInterval(differences, now.seed),
    p: mcnemarExact(regressions.length, improvements.length),
    regressions: regressions.map((pair) => pair.now.name),
    improvements: improvements.map((pair) => pair.now.name),
    classes: [...new Set(pairs.map((pair) => pair.now.class))].map((name) => {
      const own = pairs.filter((pair) => pair.now.class === name)
      return { class: name, cases: own.length, ...ratesOf(own) }
    }),
    wrongFigures: { base: base.wrongFigures, now: now.wrongFigures },
    costMicros: { base: base.costMicros, now: now.costMicros },
  }
}

function keyOf(item: CaseResult): string {
  return `${item.class}\n${item.name}`
}

function ratesOf(pairs: readonly { before: CaseResult; now: CaseResult }[]): {
  baseRate: number
  rate: number
} {
  if (pairs.length === 0) return { baseRate: 0, rate: 0 }
  const share = (which: 'before' | 'now') => pairs.filter((pair) => pair[which].passed).length / pairs.length
  return { baseRate: share('before'), rate: share('now') }
}
