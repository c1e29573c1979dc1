import { type AmountClaim, findAmounts } from './gate-amounts.ts'
import type { Binding, Clause, Mention } from './gate-binding.ts'
import { type AmountInContext, amountFault, delivery } from './gate-check-amounts.ts'
import { clauseStart, offered, rangeOf, zonesNear } from './gate-context.ts'
import { evidenceIn } from './gate-evidence.ts'
import { type Ledger, wordSpans } from './gate-ledger.ts'
import { nearest, readingFits } from './gate-readings.ts'
import { segmentOf } from './gate-segments.ts'
import type { Sentence } from './gate-text.ts'

/** An amount that no fact carries. */
export interface AmountFault {
  kind: 'currency' | 'amount'
  text: string
  reason: string
}

/** A sentence, prepared for reading its amounts. */
export interface AmountSentence {
  sentence: Sentence
  /** Names of products and numbers of orders hidden. */
  hidden: string
  clauses: readonly Clause[]
  claims: readonly AmountClaim[]
  mentions: readonly Mention[]
  bind: (clause: Clause, at: number) => Binding | null
}

/** Words of earlier sentences that a later one may rest on, characters. */
const earlierKept = 300

/** Holds the amounts of a reply against the facts; remembers the zone, the topic and what was said before. */
export class AmountReader {
  readonly #ledger: Ledger
  readonly #allowed: ReadonlySet<number>
  readonly #customerAmounts: ReadonlySet<number>
  readonly #customer: readonly string[]
  readonly #zones: string[]
  #zone = ''
  #earlier = ''
  #topic: 'delivery' | null = null
  #verified: number[] = []
  #feeSaid = false

  /**
   * @param customer canonical texts of the customer: their figures may be refused or repeated as a bound
   * @param allowed amounts that pass unseen; only for a mutant of the test suite
   */
  constructor(ledger: Ledger, customer: readonly string[], allowed: ReadonlySet<number>) {
    this.#ledger = ledger
    this.#allowed = allowed
    this.#customer = customer
    this.#customerAmounts = new Set(customer.flatMap((text) => figuresOf(text, ledger.currency)))
    this.#zones = [...new Set(ledger.fees.map((fee) => fee.zone))].filter((zone) => zone !== '')
    this.#zones.sort((a, b) => b.length - a.length)
  }

  #zoneNamed(text: string): string | undefined {
    const zone = this.#zones.find((name) => wordSpans(text, name).length > 0)
    if (zone !== undefined) return zone
    for (const [area, of] of this.#ledger.areas) if (wordSpans(text, area).length > 0) return of
    return undefined
  }

  /** The delivery zone of a text, or the one spoken of before. */
  zoneIn(text: string): string {
    const found = this.#zoneNamed(text)
    if (found !== undefined) this.#zone = found
    return this.#zone
  }

  read(from: AmountSentence): AmountFault[] {
    const faults: AmountFault[] = []
    const here: number[] = []
    for (const [index, claim] of from.claims.entries()) {
      if (this.#allowed.has(claim.amount)) continue
      const item = this.#inContext(from, index, here)
      if (item === null) continue
      const reason = amountFault(this.#ledger, item)
      const fixed = reason === 'currency' || reason === 'unreadable'
      if (reason === null || (!fixed && readingFits(this.#ledger, item))) {
        here.push(claim.amount)
        this.#verified.push(claim.amount)
        if (item.own.evidence.length === 0 && this.#ledger.fees.some((fee) => fee.amount === claim.amount))
          this.#feeSaid = true
        continue
      }
      faults.push({
        kind: reason === 'currency' ? 'currency' : 'amount',
        text: from.sentence.text.slice(claim.start, claim.end),
        reason,
      })
    }
    return faults
  }

  /** Call at the end of each sentence. */
  passed({ text }: Sentence): void {
    this.#earlier = `${this.#earlier} ${text}`.slice(-earlierKept)
    if (delivery.test(text) || this.#feeSaid) this.#topic = 'delivery'
    else if (evidenceIn(this.#ledger, text).length > 0) this.#topic = null
    this.#feeSaid = false
  }

  #inContext(from: AmountSentence, index: number, here: readonly number[]): AmountInContext | null {
    const { sentence, hidden, clauses, claims, mentions, bind } = from
    const claim = claims[index]
    if (claim === undefined) return null
    const clause =
      clauses.find((item) => claim.start >= item.start && claim.start < item.end) ?? clauses.at(-1)
    if (clause === undefined) return null
    const previous = claims[index - 1]
    const next = claims[index + 1]
    const zone = this.zoneIn(
      zonesNear(hidden, [...this.#zones, ...this.#ledger.areas.keys()], claim.start, previous?.end ?? 0),
    )
    const own = segmentOf(sentence.text, claims, index)
    const evidence = evidenceIn(this.#ledger, sentence.text).filter(
      ({ start, end }) => start >= own.beforeStart && end <= own.afterEnd,
    )
    const named = mentions.findLast(({ start, end }) => start >= own.beforeStart && end <= claim.start)
    const attached =
      /^\s*(?:\([^)]*\)|\/\s?.{1,20})|^\s*(?:el|la|los|las|the|per|a|por|for)\s\S+(?:\s\S+)?(?:\sy medi[ao])?/.exec(
        own.after,
      )
    const item: AmountInContext = {
      claim,
      sentence: hidden,
      text: sentence.text,
      clause,
      before: hidden.slice(
        Math.max(previous?.end ?? 0, clauseStart(clauses, clause, claim.start)),
        claim.start,
      ),
      after: hidden.slice(claim.end, Math.min(next?.start ?? hidden.length, clause.end)),
      lead: hidden.slice(previous?.end ?? 0, claim.start),
      followed: next !== undefined && next.start < clause.end,
      range: rangeOf(hidden, claims, index),
      binding: offered(hidden, claims, mentions, index) ?? bind(clause, claim.start),
      named: mentions.length > 0,
      zone,
      zoneNamed: this.#zoneNamed(hidden.slice(previous?.end ?? 0, claim.start)) !== undefined,
      own: { ...own, named: named?.ids ?? null, evidence, attached: attached === null ? [] : [attached[0]] },
      customerAmounts: this.#customerAmounts,
      customer: this.#customer,
      topic: this.#topic,
      earlier: this.#earlier,
      verified: this.#verified,
      verifiedHere: here,
    }
    const near = evidence.length > 0 && named === undefined ? nearest(this.#ledger, item) : null
    // What stands beside the amount tells more than what stands anywhere in its clause.
    if (near === null || clause.mentions.length > 0 || item.binding === null) return item
    const common = new Set([...near].filter((id) => item.binding?.ids.has(id)))
    return { ...item, binding: { ...item.binding, ids: common.size > 0 ? common : near } }
  }
}

/** Every figure of a customer's text that could be an amount: "¿lo dejáis en 30?". */
function figuresOf(text: string, currency: string): number[] {
  const claims = findAmounts(text, currency).map(({ amount }) => amount)
  const bare = [...text.matchAll(/(?<![\d.,])\d{1,6}(?:[.,]\d{1,3})*(?![\d.,])/g)].flatMap((match) =>
    findAmounts(`precio ${match[0]}`, currency).map(({ amount }) => amount),
  )
  return [...claims, ...bare]
}
