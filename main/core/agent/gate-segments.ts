import type { AmountClaim } from './gate-amounts.ts'

/** The words that belong to one amount of a sentence. */
export interface Segment {
  /** Before the amount, without what belongs to the amount before it. */
  before: string
  /** After it, up to the next thing said. */
  after: string
  beforeStart: number
  afterEnd: number
}

const divides =
  /[,;:•|+=]\s?|\.\s|\s(?:y(?! medi[ao]\b)|e|o|u|and|or|pero|but|mas|plus|mientras|while|frente|aunque|though|contra|vs)\s|\s[–—/-]\s/g
const ends =
  /[,;•|+]\s|[,;]$|\.(?:\s|$)|\s(?:y(?! medi[ao]\b)|e|o|u|and|or|pero|but|mas|plus|mientras|while|frente|aunque|though|contra|vs)\s|\s[–—-]\s|\n/

/** What stands in brackets or after a stroke right behind an amount belongs to it. */
const attached = /^\s*(?:\([^)]*\)|\/\s?[^,;.()]{1,20})/

export function segmentOf(text: string, claims: readonly AmountClaim[], index: number): Segment {
  const claim = claims[index]
  if (claim === undefined) return { before: '', after: '', beforeStart: 0, afterEnd: 0 }
  const previous = claims[index - 1]
  // "7,80 € (3,90 € cada una)": what stands in brackets is of the same thing.
  if (previous !== undefined && /^\s*\([^()]{0,15}$/.test(text.slice(previous.end, claim.start))) {
    const outer = segmentOf(text, claims, index - 1)
    const after = /^[^)]*/.exec(text.slice(claim.end))?.[0] ?? ''
    return {
      before: `${outer.before}${text.slice(previous.end, claim.start)}`,
      after,
      beforeStart: outer.beforeStart,
      afterEnd: claim.end + after.length,
    }
  }
  const next = claims[index + 1]
  let from = previous?.end ?? 0
  if (previous !== undefined) {
    const between = text.slice(from, claim.start)
    const own = attached.exec(between)
    const rest = own === null ? between : between.slice(own[0].length)
    const skipped = between.length - rest.length
    divides.lastIndex = 0
    const cut = divides.exec(rest)
    from += skipped + (cut === null ? 0 : cut.index + cut[0].length)
    divides.lastIndex = 0
  }
  const until = next?.start ?? text.length
  const behind = text.slice(claim.end, until)
  const brackets = attached.exec(behind)
  const cut = ends.exec(brackets === null ? behind : behind.slice(brackets[0].length))
  const length = brackets?.[0].length ?? 0
  const afterEnd = claim.end + (cut === null ? behind.length : length + cut.index)
  return {
    before: text.slice(from, claim.start),
    after: text.slice(claim.end, afterEnd),
    beforeStart: from,
    afterEnd,
  }
}
