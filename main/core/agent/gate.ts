import type { Language, ShopBrief } from '../engines/engine.ts'
import { isOff } from '../mutants.ts'
import type { Fact } from './facts.ts'
import { blank, findAmounts } from './gate-amounts.ts'
import { type Binding, type Clause, clausesOf, findMentions, Subject } from './gate-binding.ts'
import { actionFaults, cartCountFaults } from './gate-check-actions.ts'
import { claimFaults, referenceFaults } from './gate-check-claims.ts'
import { dateFaults } from './gate-check-dates.ts'
import { deedFaults } from './gate-check-deeds.ts'
import { type Fault, percentFaults, stockFaults } from './gate-check-figures.ts'
import { giftFault } from './gate-check-gifts.ts'
import { heldFaults, lineFaults, measureFaults } from './gate-check-measures.ts'
import { orderFaults, orderNumberSpans } from './gate-check-orders.ts'
import { pairFaults } from './gate-check-pairs.ts'
import { placeFaults, promiseFaults } from './gate-check-policies.ts'
import { pressingFaults } from './gate-check-pressing.ts'
import { timeFaults } from './gate-check-times.ts'
import {
  codeFaults,
  contactFaults,
  headFaults,
  knownStems,
  offeredFaults,
  policyFaults,
  strangerFaults,
} from './gate-check-words.ts'
import { type Ledger, ledgerOf, wordSpans } from './gate-ledger.ts'
import { AmountReader } from './gate-read-amounts.ts'
import { canonical, plain, type Sentence, sentencesOf } from './gate-text.ts'

/**
 * What a finding is about. `reason` says what is wrong with `text`, for the trace and for a model that is to write again:
 * - `amount`: `product` (not a price of what is spoken of, or of another variant), `unbound` (no product is meant, or not
 *   all have it), `fee`, `total`, `tax`, `paid`, `due`, `discount`, `saving`, `difference`, `limit`, `unreadable`,
 *   `free` and `not_free` (said to cost nothing, or the reverse, which the shop does not say)
 * - `currency`: `currency` (not the shop's)
 * - `percent`: `percent`, `discount` (a reduction that no fact carries)
 * - `stock`: `figure`, `few`, `not_sold_out`, `not_available`
 * - `product`: `not_in_facts` (in the catalog, not read in this turn), `unknown_name` (in no catalog)
 * - `action`: what was said to be done and was not: `cart_added`, `cart_removed`, `cart`, `other_product`, `quantity`,
 *   `count`, `order_placed`, `order_cancelled`, `discount_applied`, `reserved`, `handed_over`, `photo_sent`,
 *   `document_sent`, `mail_sent`, `charged`, `refund`, `gift`, `discount`, `price_match`, `instalments`, `few`,
 *   `impossible`, `unknown_action`
 * - `order`: `order_number`, `order_state`, `payment`, `reference`
 * - `date`: `lead_time`, `time`, `day`, `date`, `closed`, `open`, `always`
 * - `policy`: `policy`, `place`, `delivery`, and of `guarantee`, `returns`, `exchange`, `payment`, `instalments`,
 *   `price_match`, `tracking`, `wrapping`, `claim`, `discount`: alone where the shop says nothing of it, with `_denied`
 *   where the shop says no, with `_said` where the shop says yes
 * - `measure`: `measure` (a size), `count` (a number of what the shop counts)
 * - `contact`: `phone`, `link`
 */
export type FindingKind =
  | 'amount'
  | 'currency'
  | 'percent'
  | 'stock'
  | 'product'
  | 'action'
  | 'date'
  | 'policy'
  | 'contact'
  | 'measure'
  | 'order'

/** A claim of a reply that no fact of the turn carries. */
export interface Finding {
  kind: FindingKind
  /** The words that made the claim. */
  text: string
  reason: string
}

export interface GateInput {
  text: string
  language: Language
  /** What tools returned in this turn. */
  facts: readonly Fact[]
  /** They tell what is spoken of; they never license an amount, a percentage or a stock figure. */
  customerTexts: readonly string[]
  shop: ShopBrief
  /** Names of the catalog found in a text. */
  mentions: (text: string) => { productId: string; name: string }[]
}

export interface GateVerdict {
  ok: boolean
  findings: Finding[]
}

/**
 * The money gate: holds every amount, percentage, stock figure, product name, date and claim of an action in a reply
 * against the facts of the turn, each bound to its product and role. Pure; the same for every engine.
 */
export function checkReply(input: GateInput): GateVerdict {
  const { currency } = input.shop
  const ledger = ledgerOf(input.facts, currency)
  const customer = input.customerTexts.map(canonical)
  const known = knownStems(ledger, customer, input.shop.name)
  const reader = new Reader(ledger, customer, known, customerAmounts(input))
  const findings: Finding[] = []
  for (const sentence of sentencesOf(input.text)) findings.push(...reader.read(sentence))
  if (!isOff('gate.product')) findings.push(...foreignProducts(input, ledger))
  const contacts = plain(input.text)
    .split('\n')
    .flatMap((line) => contactFaults(ledger, line, customer))
  findings.push(...contacts.map((fault): Finding => ({ kind: 'contact', ...fault })))
  return { ok: findings.length === 0, findings }
}

/** With the mutant on, the customer's words count as the shop's. For the test suite alone. */
function customerAmounts(input: GateInput): ReadonlySet<number> {
  if (!isOff('gate.customer_is_no_source')) return new Set()
  const claims = input.customerTexts.flatMap((text) => findAmounts(canonical(text), input.shop.currency))
  return new Set(claims.map(({ amount }) => amount))
}

/** Reads a reply sentence by sentence; keeps what is being spoken of. */
class Reader {
  readonly #ledger: Ledger
  readonly #known: ReadonlySet<string>
  readonly #customer: readonly string[]
  readonly #subject: Subject
  readonly #amounts: AmountReader

  constructor(
    ledger: Ledger,
    customer: readonly string[],
    known: ReadonlySet<string>,
    allowed: ReadonlySet<number>,
  ) {
    this.#amounts = new AmountReader(ledger, customer, allowed)
    this.#ledger = ledger
    this.#customer = customer
    this.#known = known
    this.#subject = new Subject(ledger, customer)
  }

  read(sentence: Sentence): Finding[] {
    const findings = this.#findings(sentence)
    this.#amounts.passed(sentence)
    return findings
  }

  #findings(sentence: Sentence): Finding[] {
    const { text, question } = sentence
    // The shop's own sentence, word for word, says no more than the shop does.
    if (this.#isShops(text)) return []
    const mentions = findMentions(this.#ledger, text)
    const clauses = clausesOf(text, mentions)
    const bind = this.#subject.read(text, clauses)
    const plainly = this.#named(text)
    const hidden = hide(hide(text, mentions, '\ue000'), plainly, '\ue002')
    const masked = hide(hide(text, mentions, '\ue001'), plainly, '\ue002')
    const claims = findAmounts(hidden, this.#ledger.currency)
    const findings: Finding[] = []
    const add = (kind: FindingKind, faults: readonly Fault[]) => {
      for (const fault of faults) findings.push({ kind, ...fault })
    }
    if (!isOff('gate.amount')) {
      findings.push(...this.#amounts.read({ sentence, hidden, clauses, claims, mentions, bind }))
      add('amount', pairFaults(this.#ledger, hidden, claims))
      if (!question) {
        const bound = this.#products(bind, clauses)
        const reason = giftFault(
          this.#ledger,
          hidden,
          bound,
          claims.map(({ amount }) => amount),
          this.#amounts.zoneIn(text),
        )
        if (reason !== null) add('amount', [{ text: sentence.raw, reason }])
      }
    }
    for (const clause of clauses) {
      const own = withoutAmounts(masked, claims).slice(clause.start, clause.end)
      const binding = bind(clause, clause.end)
      if (!isOff('gate.percent'))
        add(
          'percent',
          percentFaults(this.#ledger, masked.slice(clause.start, clause.end), masked, binding, question),
        )
      if (!isOff('gate.stock'))
        add('stock', stockFaults(this.#ledger, own, clause, binding, question, text.length))
    }
    if (!isOff('gate.action')) {
      const claimed = actionFaults(this.#ledger, text, clauses, question)
      add('action', claimed.length > 0 ? claimed : deedFaults(this.#ledger, sentence))
      const stated = claimFaults(this.#ledger, sentence)
      add('action', stated.length > 0 ? stated : pressingFaults(this.#ledger, sentence))
      add('order', referenceFaults(this.#ledger, text, this.#customer))
      add('order', orderFaults(this.#ledger, text, question, this.#customer))
      add('action', cartCountFaults(this.#ledger, withoutAmounts(hidden, claims)))
      add('action', heldFaults(this.#ledger, withoutAmounts(hidden, claims)))
      if (!question) add('action', lineFaults(this.#ledger, text, claims))
    }
    const last = clauses.at(-1)
    add(
      'date',
      timeFaults(
        this.#ledger,
        withoutAmounts(masked, claims),
        clauses.map((clause) => bind(clause, clause.end)),
        question,
      ),
    )
    if (!isOff('gate.date')) add('date', dateFaults(this.#ledger, text, question))
    if (!isOff('gate.policy')) {
      const bound = this.#products(bind, clauses)
      add('policy', policyFaults(this.#ledger, masked, question))
      add('policy', promiseFaults(this.#ledger, sentence, masked, bound))
      add('policy', placeFaults(this.#ledger, sentence))
      add('policy', codeFaults(this.#ledger, text, this.#customer))
    }
    if (!isOff('gate.measure') && !question) {
      const binding = last === undefined ? null : bind(last, last.end)
      add('measure', measureFaults(this.#ledger, withoutAmounts(text, claims), binding, this.#customer))
    }
    if (
      !isOff('gate.product') &&
      (claims.length > 0 || /\b(?:tenemos|hay|quedan|disponible|we have|available|left)\b/.test(text))
    ) {
      const strangers = strangerFaults(this.#ledger, sentence, this.#known)
      if (mentions.length === 0 && claims.length > 0) add('product', offeredFaults(sentence, this.#known))
      add(
        'product',
        strangers.length > 0 || mentions.length > 0 || this.#areTotals(claims)
          ? strangers
          : headFaults(sentence, this.#known),
      )
    }
    return findings
  }

  /** Numbers of orders, and the customer's own name, address and phone where they hold no amount: nothing to be read in them. */
  #named(text: string): { start: number; end: number }[] {
    const spans: { start: number; end: number }[] = [...orderNumberSpans(this.#ledger, text)]
    const own = this.#ledger.said.filter(
      (words) => words.length > 2 && isHarmless(words, this.#ledger.currency),
    )
    for (const words of own) spans.push(...wordSpans(text, words))
    return spans
  }

  /** Figures of the whole cart or order belong to no product that a line could name. */
  #areTotals(claims: ReturnType<typeof findAmounts>): boolean {
    const { cartTotal, deliveredTotals, sums } = this.#ledger
    const totals = new Set([...deliveredTotals, ...sums.map((sum) => sum.amount), cartTotal?.amount])
    return claims.length > 0 && claims.every(({ amount }) => totals.has(amount))
  }

  #isShops(text: string): boolean {
    const words = bareWords(text)
    const short = words.split(' ').length < 3
    // What the owner answered to a card may be as short as "25 €".
    return this.#ledger.lines.some(
      (line) => bareWords(line.text) === words && (!short || (line.topic === 'card' && words !== '')),
    )
  }

  #products(bind: (clause: Clause, at: number) => Binding | null, clauses: readonly Clause[]) {
    const ids = new Set(clauses.flatMap((clause) => [...(bind(clause, clause.end)?.ids ?? [])]))
    return [...ids].flatMap((id) => this.#ledger.products.get(id) ?? [])
  }
}

/** Whether a customer's words about themselves make no claim that the gate would have to read. */
function isHarmless(words: string, currency: string): boolean {
  // "BS1 5PB" is a postcode of Bristol, no amount of bolivianos.
  const told = words.replace(/\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/g, ' ')
  return (
    findAmounts(told, currency).length === 0 && !/%|por ?ciento|per ?cent|gratis|free\b|total/.test(words)
  )
}

/** A sentence without the signs around its words. */
function bareWords(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}€$£%]+$/gu, '')
}

function hide(text: string, mentions: readonly { start: number; end: number }[], sign: string): string {
  let out = text
  for (const { start, end } of mentions) out = out.slice(0, start) + sign.repeat(end - start) + out.slice(end)
  return out
}

function withoutAmounts(text: string, claims: ReturnType<typeof findAmounts>): string {
  let out = text
  for (const { start, end } of claims) out = blank(out, start, end - start)
  return out
}

/** Products of the catalog that a reply names although no fact of the turn is about them. */
function foreignProducts(input: GateInput, ledger: Ledger): Finding[] {
  const text = canonical(input.text)
  const licensed = findMentions(ledger, text)
  const findings: Finding[] = []
  for (const { productId, name } of input.mentions(plain(input.text))) {
    if (ledger.products.has(productId)) continue
    const folded = canonical(name).trim()
    const own = licensed.some((mention) => text.slice(mention.start, mention.end).includes(folded))
    const shops = ledger.lines.some((line) => wordSpans(line.text, folded).length > 0)
    if (!own && !shops) findings.push({ kind: 'product', text: name, reason: 'not_in_facts' })
  }
  return findings
}
