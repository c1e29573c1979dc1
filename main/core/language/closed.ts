import type { FormOfAddress, Language } from '../engines/engine.ts'
import { comingDay } from './hours.ts'

/** What customers read because the shop is closed. Days and times are the shop's own. */

export interface ClosedWords {
  /** The shop's local date. */
  today: string
  /** The opening that ends it; null when none is known. */
  next: { date: string; opens: string } | null
  /** Closed for days, not for the night. */
  vacation: boolean
}

/** "Ahora mismo la tienda está cerrada." · "We're on holiday right now." */
function closedNow(language: Language, { vacation }: ClosedWords): string {
  if (language === 'es')
    return vacation ? 'Ahora mismo estamos de vacaciones.' : 'Ahora mismo la tienda está cerrada.'
  return vacation ? "We're on holiday right now." : 'The shop is closed right now.'
}

/** "mañana a las 10:00" · "tomorrow at 10:00" */
function opening(language: Language, { today }: ClosedWords, next: { date: string; opens: string }): string {
  const day = comingDay({ language, formOfAddress: 'tu', seed: '' }, next.date, today)
  return `${day} ${language === 'es' ? 'a las' : 'at'} ${next.opens}`
}

/** Says that the shop is closed and when orders are seen to. The same for every form of address. */
export function ordersLater(language: Language, closed: ClosedWords): string {
  const { next } = closed
  const start = closedNow(language, closed)
  if (language === 'es')
    return next === null
      ? `${start} Atenderemos los pedidos en cuanto abramos.`
      : `${start} Abrimos ${opening('es', closed, next)} y a partir de entonces atendemos los pedidos.`
  return next === null
    ? `${start} We will see to orders as soon as we open.`
    : `${start} We open ${opening('en', closed, next)} and will see to orders from then on.`
}

/** The away message of a shop that has not written its own. */
export function usualAwayMessage(
  language: Language,
  formOfAddress: FormOfAddress,
  closed: ClosedWords,
): string {
  const { next } = closed
  const start = closedNow(language, closed)
  if (language === 'en')
    return next === null
      ? `Hello! ${start} We will answer you as soon as we open.`
      : `Hello! ${start} We open ${opening('en', closed, next)} and will answer you then.`
  const you = formOfAddress === 'usted' ? 'le' : 'te'
  return next === null
    ? `¡Hola! ${start} ${you === 'le' ? 'Le' : 'Te'} responderemos en cuanto abramos.`
    : `¡Hola! ${start} Abrimos ${opening('es', closed, next)} y ${you} responderemos entonces.`
}
