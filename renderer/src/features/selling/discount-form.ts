import type { Discount, DiscountInput } from '../../../../preload/contract/index.ts'
import { editableAmount, parseAmount } from '../../ui/money.ts'
import { editablePercent, parsePercent } from '../../ui/percent.ts'

interface MoneyStyle {
  currency: string
  locale: string
}

export interface DiscountForm {
  code: string
  kind: 'percent' | 'amount'
  value: string
  minSubtotal: string
  startsOn: string
  endsOn: string
  maxUses: string
  active: boolean
}

export const emptyDiscount: DiscountForm = {
  code: '',
  kind: 'percent',
  value: '',
  minSubtotal: '',
  startsOn: '',
  endsOn: '',
  maxUses: '',
  active: true,
}

export function formOf(discount: Discount, { currency, locale }: MoneyStyle): DiscountForm {
  return {
    code: discount.code,
    kind: discount.kind,
    value:
      discount.kind === 'percent'
        ? editablePercent(discount.value, locale)
        : editableAmount(discount.value, currency, locale),
    minSubtotal: editableAmount(discount.minSubtotal, currency, locale),
    startsOn: discount.startsOn ?? '',
    endsOn: discount.endsOn ?? '',
    maxUses: discount.maxUses === null ? '' : String(discount.maxUses),
    active: discount.active,
  }
}

export type DiscountProblem = 'code' | 'value' | 'amount' | 'dates' | 'uses'

function takenOff(form: DiscountForm, { currency, locale }: MoneyStyle): number | null {
  const value = form.kind === 'percent' ? parsePercent(form.value) : parseAmount(form.value, currency, locale)
  return value === null || value < 1 ? null : value
}

export function problemsOf(
  form: DiscountForm,
  money: MoneyStyle,
): Partial<Record<keyof DiscountForm, DiscountProblem>> {
  const { currency, locale } = money
  return {
    ...(form.code.trim().length < 2 ? { code: 'code' } : {}),
    ...(takenOff(form, money) === null ? { value: 'value' } : {}),
    ...(form.minSubtotal.trim() !== '' && parseAmount(form.minSubtotal, currency, locale) === null
      ? { minSubtotal: 'amount' }
      : {}),
    ...(form.startsOn !== '' && form.endsOn !== '' && form.endsOn < form.startsOn ? { endsOn: 'dates' } : {}),
    ...(form.maxUses.trim() !== '' && !/^[1-9]\d{0,6}$/.test(form.maxUses.trim()) ? { maxUses: 'uses' } : {}),
  }
}

/** For a form without problems. */
export function inputOf(form: DiscountForm, money: MoneyStyle): DiscountInput {
  const { currency, locale } = money
  return {
    code: form.code.trim(),
    kind: form.kind,
    value: takenOff(form, money) ?? 0,
    minSubtotal: form.minSubtotal.trim() === '' ? null : parseAmount(form.minSubtotal, currency, locale),
    startsOn: form.startsOn === '' ? null : form.startsOn,
    endsOn: form.endsOn === '' ? null : form.endsOn,
    maxUses: form.maxUses.trim() === '' ? null : Number(form.maxUses.trim()),
    active: form.active,
  }
}

/** A stored discount as a call takes it: to change one thing of it, or to bring it back. */
export function inputOfDiscount(discount: Discount): DiscountInput {
  const { id: _, uses: __, ...input } = discount
  return input
}
