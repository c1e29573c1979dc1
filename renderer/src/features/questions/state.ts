import type { Card, Inputs, MissedDemand } from '../../../../preload/contract/index.ts'
import { parseAmount } from '../../ui/money.ts'
import { localDate } from '../../ui/time.ts'

export const questionViews = ['open', 'history', 'demand'] as const
export type QuestionView = (typeof questionViews)[number]

export const keepKinds = ['nothing', 'knowledge', 'product'] as const
export type KeepKind = (typeof keepKinds)[number]

/** An answer that is being written, and what becomes of it. */
export interface AnswerForm {
  answer: string
  keep: KeepKind
  question: string
  name: string
  price: string
}

/** What was asked for is most likely a product's name; a question is kept as it was asked. */
export function emptyAnswer(card: Pick<Card, 'question' | 'kind'>): AnswerForm {
  return {
    answer: '',
    keep: 'nothing',
    question: card.question,
    name: card.kind === 'product' ? card.question : '',
    price: '',
  }
}

interface MoneyStyle {
  currency: string
  locale: string
}

export type AnswerProblem = 'answer' | 'name' | 'price'

export function answerProblems(
  form: AnswerForm,
  money: MoneyStyle,
): Partial<Record<keyof AnswerForm, AnswerProblem>> {
  return {
    ...(form.answer.trim() === '' ? { answer: 'answer' } : {}),
    ...(form.keep === 'product' ? productProblems(form, money) : {}),
  }
}

export function productProblems(
  { name, price }: Pick<AnswerForm, 'name' | 'price'>,
  { currency, locale }: MoneyStyle,
): { name?: 'name'; price?: 'price' } {
  return {
    ...(name.trim() === '' ? { name: 'name' } : {}),
    ...(price.trim() !== '' && parseAmount(price, currency, locale) === null ? { price: 'price' } : {}),
  }
}

export function priceOf(price: string, { currency, locale }: MoneyStyle): number | null {
  return price.trim() === '' ? null : parseAmount(price, currency, locale)
}

type Keep = NonNullable<Inputs['cards']['answer']['keep']>

/** For a form without problems. */
export function keepOf(form: AnswerForm, money: MoneyStyle): Keep {
  switch (form.keep) {
    case 'nothing':
      return { as: 'nothing' }
    case 'knowledge': {
      const question = form.question.trim()
      return { as: 'knowledge', ...(question === '' ? {} : { question }) }
    }
    case 'product':
      return { as: 'product', name: form.name.trim(), price: priceOf(form.price, money) }
  }
}

/** Nothing more can be said to it. One whose time is over can still be answered. */
export function isClosed(card: Pick<Card, 'state'>): boolean {
  return card.state === 'answered' || card.state === 'dismissed'
}

/** The person's name, where the app knows one: not every actor has a name (`person:0190…`, `system`). */
export function answererName(card: Pick<Card, 'answeredBy'>): string | null {
  const name = card.answeredBy ?? ''
  return name === '' || /^(?:[a-z]+:|system$|agent$)/.test(name) ? null : name
}

/** Whether an answer that was given can still be kept. */
export function canKeep(card: Card): boolean {
  return card.state === 'answered' && card.knowledgeId === null && card.productId === null
}

export const demandKinds = [
  'not_found',
  'out_of_stock',
  'not_enough',
] as const satisfies readonly MissedDemand['kind'][]
export type DemandKind = (typeof demandKinds)[number]

export const periods = ['week', 'month', 'quarter', 'all', 'own'] as const
export type Period = (typeof periods)[number]
const daysOf = { week: 6, month: 29, quarter: 89 } as const

export interface DemandFilter {
  period: Period
  /** Local dates of a period of one's own; '' for none. */
  from: string
  to: string
  kind: DemandKind | null
}

/** Dates in the shop's zone, both inclusive. */
export function demandInput(
  filter: DemandFilter,
  now: number,
  timeZone: string,
): Omit<Inputs['demand']['missed'], 'shop'> {
  const { period, from, to, kind } = filter
  const dates =
    period === 'all'
      ? {}
      : period === 'own'
        ? { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) }
        : { from: localDate(now, timeZone, -daysOf[period]) }
  return { ...dates, ...(kind === null ? {} : { kind }) }
}
