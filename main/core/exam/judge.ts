import type { ReplyTrace } from '../agent/trace.ts'
import type { ChatReply } from '../chat/service.ts'
import { emptyStanding, forbiddenActions, type Standing, standingOf } from './actions.ts'
import { spokenAmounts } from './amounts.ts'
import { languageOfAnswer } from './answer-language.ts'
import {
  type CaseLine,
  type CaseResult,
  type ExamCase,
  forbiddenReasons,
  type PlayedTurn,
  type Reason,
} from './exam.ts'
import { wrongFigures } from './figure-check.ts'
import { type ShopFigures, wordsOf } from './shop-figures.ts'

/** Steps that the loop itself writes down; no engine was asked for them. */
const loopSteps: ReadonlySet<string> = new Set(['retrieval', 'refresh'])

/** Judges a case that was played: every turn by itself, then what stands at the end. Pure. */
export function judgeCase(
  item: ExamCase,
  played: readonly PlayedTurn[],
  figures: ShopFigures,
  engineId: string,
): CaseResult {
  const judge = new CaseJudge(item, figures, engineId)
  for (const turn of played) judge.turn(turn)
  return judge.result()
}

class CaseJudge {
  readonly #case: ExamCase
  readonly #figures: ShopFigures
  readonly #engineId: string
  readonly #reasons: Reason[] = []
  readonly #customerTexts: string[] = []
  readonly #products = new Set<string>()
  readonly #quoted: number[] = []
  readonly #result: CaseResult
  #before: Standing = emptyStanding
  #sums: number[] = []
  #last: ChatReply | null = null
  #number = 0

  constructor(item: ExamCase, figures: ShopFigures, engineId: string) {
    this.#case = item
    this.#figures = figures
    this.#engineId = engineId
    this.#result = {
      name: item.name,
      class: item.class,
      passed: false,
      reasons: this.#reasons,
      turns: [],
      wrongFigures: 0,
      forbiddenActions: 0,
      refusedDrafts: 0,
      fallbacks: 0,
      steps: [],
      costMicros: null,
    }
  }

  turn(played: PlayedTurn): void {
    const { turn, reply, failure } = played
    this.#number += 1
    this.#customerTexts.push(turn.customer)
    this.#count(played)
    if (reply === null) {
      this.#blame('failed', failure ?? '')
      return
    }
    const text = reply.reply
    this.#learn(turn.customer, reply)
    if (text === null) {
      // Where a person has the conversation, nobody is to answer.
      if (this.#before.mode === 'bot') this.#blame('no_answer', '')
    } else this.#answer(played, text, reply)
    for (const { code, detail } of forbiddenActions({
      turn,
      reply,
      before: this.#before,
      customerTexts: this.#customerTexts,
    }))
      this.#blame(code, detail)
    if (turn.cart !== null) this.#cart(turn.cart, reply)
    this.#before = standingOf(reply)
    this.#sums = sumsOf(reply, this.#figures)
    this.#last = reply
  }

  result(): CaseResult {
    this.#number = 0
    const { end } = this.#case
    const reply = this.#last
    const ordered = reply?.order ?? null
    if (end.ordered !== undefined && end.ordered !== (ordered !== null))
      this.#blame('ordered', ordered === null ? '–' : ordered.number)
    if (end.order !== undefined) {
      const wanted = `${linesText(end.order.lines)} = ${end.order.total}`
      const is = ordered === null ? '–' : `${linesText(ordered.lines)} = ${ordered.total}`
      if (wanted !== is) this.#blame('order', `${wanted} / ${is}`)
    }
    if (end.cart !== undefined && reply !== null) this.#cart(end.cart, reply)
    if (end.handedOver !== undefined && reply !== null && end.handedOver !== (reply.mode === 'person'))
      this.#blame('handed_over', reply.mode)
    this.#result.wrongFigures = this.#reasons.filter((reason) => reason.code === 'wrong_figure').length
    this.#result.forbiddenActions = this.#reasons.filter((reason) => forbiddenReasons.has(reason.code)).length
    this.#result.passed = this.#reasons.length === 0
    return this.#result
  }

  #answer({ turn }: PlayedTurn, text: string, reply: ChatReply): void {
    const words = ` ${wordsOf(text)} `
    for (const choice of turn.says)
      if (!choice.some((said) => hasWords(words, said))) this.#blame('says', choice.join(' | '))
    for (const never of turn.neverSays) if (hasWords(words, never)) this.#blame('never_says', never)
    const told = spokenAmounts(text, this.#figures.currency).map((item) => item.amount)
    for (const choice of turn.tells)
      if (!choice.some((amount) => told.includes(amount))) this.#blame('tells', choice.join(' | '))
    const wrong = wrongFigures(text, {
      figures: this.#figures,
      products: this.#products,
      customerTexts: this.#customerTexts,
      sums: [...this.#sums, ...sumsOf(reply, this.#figures)],
      quoted: this.#quoted,
    })
    for (const amount of wrong) this.#blame('wrong_figure', amount)
    const language = languageOfAnswer(text)
    if (this.#case.language !== null && language !== null && language !== this.#case.language)
      this.#blame('language', language)
    if (reply.trace !== null && engineOf(reply.trace) !== this.#engineId) {
      this.#result.fallbacks += 1
      this.#blame('fallback', engineOf(reply.trace))
    }
  }

  /** What the conversation speaks of from here on. */
  #learn(customer: string, { reply, trace }: ChatReply): void {
    const add = (ids: ReadonlySet<string>) => {
      for (const id of ids) this.#products.add(id)
    }
    add(this.#figures.named(customer))
    add(this.#figures.named(reply ?? ''))
    for (const call of trace?.steps.flatMap((step) => step.calls) ?? []) {
      const json = JSON.stringify([call.arguments, call.result])
      add(this.#figures.mentionedIn(json))
      if (call.tool !== 'quote_service') continue
      const amounts = spokenAmounts(json, this.#figures.currency)
      this.#quoted.push(...amounts.flatMap(({ amount }) => amount ?? []))
    }
  }

  #count({ turn, reply, durationMs }: PlayedTurn): void {
    const trace = reply?.trace ?? null
    const steps = trace?.steps.filter((step) => !loopSteps.has(step.engine)) ?? []
    const refused = steps.filter((step) => step.refused !== null).length
    // The last draft that was replaced, where it is not noted at its step.
    const replaced = trace?.gate?.ok === false && (steps.at(-1)?.refused ?? null) === null ? 1 : 0
    for (const step of steps) {
      const cost = step.served?.costMicros ?? null
      if (cost !== null) this.#result.costMicros = (this.#result.costMicros ?? 0) + cost
    }
    this.#result.refusedDrafts += refused + replaced
    if (trace !== null) this.#result.steps.push(steps.length)
    this.#result.turns.push({
      customer: turn.customer,
      answer: reply?.reply ?? '',
      engine: trace === null ? '' : engineOf(trace),
      refused: refused + replaced,
      durationMs: Math.round(durationMs),
    })
  }

  #cart(wanted: readonly CaseLine[], reply: ChatReply): void {
    if (linesText(wanted) !== linesText(reply.cart.lines))
      this.#blame('cart', `${linesText(wanted)} / ${linesText(reply.cart.lines)}`)
  }

  #blame(code: Reason['code'], detail: string): void {
    this.#reasons.push({ code, turn: this.#number === 0 ? null : this.#number, detail: detail.slice(0, 300) })
  }
}

/** Who wrote the answer that left. */
function engineOf(trace: ReplyTrace): string {
  const last = trace.steps.filter((step) => !loopSteps.has(step.engine) && !step.dropped).at(-1)
  return last?.served?.engine ?? last?.engine ?? trace.engine
}

function linesText(lines: readonly { sku: string | null; quantity: number }[]): string {
  return (
    lines
      .map((line) => `${line.sku}×${line.quantity}`)
      .sort()
      .join(', ') || '–'
  )
}

/** Figures that cart and order carry, also with each delivery fee. */
function sumsOf({ cart, order }: ChatReply, { fees }: ShopFigures): number[] {
  const lines = [...cart.lines, ...(order?.lines ?? [])]
  const sums = lines.flatMap((line) => [line.total, Math.round(line.total / Math.max(1, line.quantity))])
  sums.push(cart.total, ...fees.map((fee) => cart.total + fee))
  if (order !== null) sums.push(order.subtotal, order.delivery, order.total)
  return sums
}

/**
 * The beginning of words: "agotad" finds "agotado", "12" does not find "512". What ends in a number or a short word is
 * found whole: "sí" is no "sin", "12" no "120".
 */
function hasWords(words: string, said: string): boolean {
  const wanted = wordsOf(said)
  const last = wanted.split(' ').at(-1) ?? ''
  return words.includes(` ${wanted}${last.length <= 3 || /\d$/.test(last) ? ' ' : ''}`)
}
