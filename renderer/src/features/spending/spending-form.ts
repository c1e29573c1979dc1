import type { Inputs, Spending } from '../../../../preload/contract/index.ts'
import { editableMicros, parseMicros } from '../../ui/cost.ts'
import { currencyDigits, editableAmount, parseAmount } from '../../ui/money.ts'

/** Caps as they are written; an empty one is none. */
export interface SpendingForm {
  day: string
  month: string
  warnAt: string
  /** Units of the shop's currency for a US dollar; empty for the shipped figure. */
  rate: string
}

export function formOf(spending: Spending, locale: string): SpendingForm {
  const { caps, currency, rateSource } = spending
  return {
    day: editableAmount(caps.day, currency, locale),
    month: editableAmount(caps.month, currency, locale),
    warnAt: String(spending.warnAt),
    rate: rateSource === 'owner' ? editableMicros(spending.usdRate, locale) : '',
  }
}

export type SpendingProblem = 'amount' | 'percent' | 'rate' | 'order'

export function problemsOf(
  form: SpendingForm,
  currency: string,
  locale: string,
): Partial<Record<keyof SpendingForm, SpendingProblem>> {
  const problems: Partial<Record<keyof SpendingForm, SpendingProblem>> = {}
  for (const field of ['day', 'month'] as const) {
    if (form[field].trim() !== '' && parseAmount(form[field], currency, locale) === null)
      problems[field] = 'amount'
  }
  const day = parseAmount(form.day, currency, locale)
  const month = parseAmount(form.month, currency, locale)
  if (day !== null && month !== null && day > month) problems.month = 'order'
  if (!/^\d{2,3}$/.test(form.warnAt.trim()) || Number(form.warnAt) < 10 || Number(form.warnAt) > 100)
    problems.warnAt = 'percent'
  if (form.rate.trim() !== '' && (parseMicros(form.rate) ?? 0) === 0) problems.rate = 'rate'
  return problems
}

/** For a form without problems. */
export function inputOf(
  form: SpendingForm,
  {
    shop,
    currency,
    locale,
    rateSource,
  }: { shop: string; currency: string; locale: string; rateSource: string },
): Inputs['engines']['setSpending'] {
  return {
    shop,
    day: form.day.trim() === '' ? null : parseAmount(form.day, currency, locale),
    month: form.month.trim() === '' ? null : parseAmount(form.month, currency, locale),
    warnAt: Number(form.warnAt),
    // A shop that counts in dollars has nothing to say here.
    ...(rateSource === 'same' ? {} : { usdRate: form.rate.trim() === '' ? null : parseMicros(form.rate) }),
  }
}

/** Share of a cap (minor units) that is spent (millionths of a unit), in per cent; may pass 100. */
export function shareOf(spentMicros: number, cap: number, currency: string): number {
  const capMicros = (cap / 10 ** currencyDigits(currency)) * 1_000_000
  return capMicros <= 0 ? 100 : (spentMicros / capMicros) * 100
}
