import type { ShopProfile } from '../knowledge/profile.ts'
import { fold } from '../understanding/normalise.ts'
import type { CheckoutPayment } from './checkout.ts'

/** Words of several languages for one way to pay. */
const sameWay: readonly RegExp[] = [
  /\b(?:transferencias?|transferir|bank transfers?|wire|bacs|deposito bancario)\b/,
  /\b(?:contra ?(?:entrega|reembolso)|cash on delivery|cod|al recibir)\b/,
  /\b(?:tarjetas?|cards?|visa|master ?card|contactless|credito|debito|credit|debit|datafono)\b/,
  /\b(?:efectivo|metalico|cash)\b/,
]

/** The shop's ways to pay. One that has no id goes by its name. */
export function paymentsOf(profile: ShopProfile): CheckoutPayment[] {
  return profile.payments
    .filter(({ name }) => name !== '')
    .map(({ id, name, details }) => ({ id: id === '' ? name : id, name, details }))
}

/** The one way that a customer's or engine's words mean; null when none does, or more than one. */
export function findPayment(payments: readonly CheckoutPayment[], said: string): CheckoutPayment | null {
  const wanted = fold(said).trim()
  if (wanted === '') return null
  const exact = payments.filter(({ id, name }) => id === said || fold(id) === wanted || fold(name) === wanted)
  if (exact.length > 0) return exact[0] ?? null
  const words = new Set(wanted.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2))
  const byName = payments.filter(({ id, name }) =>
    fold(`${id} ${name}`)
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.length > 2 && words.has(word) && !filler.has(word)),
  )
  if (byName.length > 0) return byName.length === 1 ? (byName[0] ?? null) : null
  const way = sameWay.find((form) => form.test(wanted))
  if (way === undefined) return null
  const byWay = payments.filter(({ name }) => way.test(fold(name)))
  return byWay.length === 1 ? (byWay[0] ?? null) : null
}

const filler = new Set([
  'pago',
  'pagar',
  'payment',
  'pay',
  'con',
  'por',
  'with',
  'del',
  'tienda',
  'shop',
  'entrega',
])
