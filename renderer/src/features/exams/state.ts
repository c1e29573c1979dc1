import type { ExamReport } from '../../../../preload/contract/index.ts'

/** Kinds of cases that come with the app, those made of the shop's own catalog, and the owner's. */
export const examClasses = [
  'greeting',
  'small-talk',
  'search',
  'price',
  'stock',
  'variants',
  'cart',
  'checkout',
  'order-status',
  'policy',
  'haggling',
  'complaint',
  'injection',
  'catalog',
  'owner',
] as const
export type KnownClass = (typeof examClasses)[number]

export function knownClass(name: string): KnownClass | null {
  return examClasses.find((each) => each === name) ?? null
}

export const runColors = { running: 'blue', done: 'green', cancelled: 'gray', failed: 'red' } as const

/** `87 %` of a share from 0 to 1. */
export function shareText(rate: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(rate)
}

/** `12–34 %`: where the true share lies with 95 % certainty. */
export function intervalText(low: number, high: number, language: string): string {
  return `${Math.round(low * 100)}–${shareText(high, language)}`
}

/** Address of two runs held against each other, the older one first. */
export function comparisonOf(run: string): [string, string] | null {
  const [before, after, more] = run.split('..')
  return before === undefined || after === undefined || more !== undefined || before === '' || after === ''
    ? null
    : [before, after]
}

export interface Comparison {
  /** Cases that both runs have. */
  cases: number
  before: number
  after: number
  /** Names of cases that passed before and do not now, and the other way round. */
  worse: string[]
  better: string[]
  classes: { class: string; cases: number; before: number; after: number }[]
}

/** Holds two reports against each other, case by case; shares are of the cases that both have. */
export function compareReports(
  before: Pick<ExamReport, 'cases'>,
  after: Pick<ExamReport, 'cases'>,
): Comparison {
  const keyOf = (item: ExamReport['cases'][number]) => JSON.stringify([item.class, item.name])
  const earlier = new Map(before.cases.map((item) => [keyOf(item), item]))
  const pairs = after.cases.flatMap((now) => {
    const then = earlier.get(keyOf(now))
    return then === undefined ? [] : [{ then, now }]
  })
  const shares = (some: typeof pairs) => ({
    cases: some.length,
    before: some.length === 0 ? 0 : some.filter((pair) => pair.then.passed).length / some.length,
    after: some.length === 0 ? 0 : some.filter((pair) => pair.now.passed).length / some.length,
  })
  return {
    ...shares(pairs),
    worse: pairs.filter((pair) => pair.then.passed && !pair.now.passed).map((pair) => pair.now.name),
    better: pairs.filter((pair) => !pair.then.passed && pair.now.passed).map((pair) => pair.now.name),
    classes: [...new Set(pairs.map((pair) => pair.now.class))].map((name) => ({
      class: name,
      ...shares(pairs.filter((pair) => pair.now.class === name)),
    })),
  }
}
