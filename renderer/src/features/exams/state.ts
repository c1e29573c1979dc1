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

/** Questions that are made of the shop's own catalog: `catalog/price`. */
const catalogKinds = [
  'price',
  'stock',
  'variant',
  'have',
  'sold-out',
  'not-sold',
  'cheapest',
  'total',
] as const

export function knownCatalogKind(name: string): (typeof catalogKinds)[number] | null {
  return catalogKinds.find((each) => each === name) ?? null
}

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

/** Groups that can be chosen, with how many cases each has; the classes of one catalog go together. */
export function groupsOf(
  classes: readonly { class: string; cases: number }[],
): { name: string; cases: number }[] {
  const counts = new Map<string, number>()
  for (const each of classes) {
    const name = each.class.split('/')[0] ?? each.class
    counts.set(name, (counts.get(name) ?? 0) + each.cases)
  }
  return [...counts].map(([name, cases]) => ({ name, cases }))
}

/** A reason of a report: `CODE@TURN: DETAIL`, the turn from 1 and left out for what holds at the end. */
export function reasonParts(reason: string): { code: string; turn: number | null; detail: string } {
  const found = /^([a-z_]+)(?:@(\d+))?(?:: ([\s\S]*))?$/.exec(reason)
  if (found === null) return { code: '', turn: null, detail: reason }
  return {
    code: found[1] ?? '',
    turn: found[2] === undefined ? null : Number(found[2]),
    detail: found[3] ?? '',
  }
}

/** How sure a difference between two runs is: below this chance it is hardly luck. */
export const CHANCE = 0.05
