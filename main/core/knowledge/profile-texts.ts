import { dateText, periodText } from '../language/hours.ts'
import { formatMoney } from '../money/money.ts'
import type { Topic } from './entry.ts'
import {
  type Day,
  type DeliveryZone,
  days,
  type Holiday,
  type ShopProfile,
  type TimeRange,
  type Vacation,
} from './profile.ts'

/** Words with which the profile's entries are written: the shop's own language. */
interface Words {
  language: 'es' | 'en'
  days: Record<Day, string>
  closed: string
  everyDay: string
  vacation: string
  eachYear: string
  range(first: string, last: string): string
  shift(range: TimeRange): string
  and: string
  questions: Record<Exclude<Topic, 'note' | 'faq'>, string>
  phone: string
  minOrder: string
  free: string
  freeFrom: string
  except: string
  fee: string
  noFee: string
  depositOver(amount: string): string
  deposit(percent: number): string
}

const es: Words = {
  language: 'es',
  days: {
    mon: 'lunes',
    tue: 'martes',
    wed: 'miércoles',
    thu: 'jueves',
    fri: 'viernes',
    sat: 'sábado',
    sun: 'domingo',
  },
  closed: 'cerrado',
  everyDay: 'todos los días',
  vacation: 'cerrado por vacaciones',
  eachYear: 'cada año',
  range: (first, last) => `de ${first} a ${last}`,
  shift: ([opens, closes]) => `de ${opens} a ${closes}`,
  and: 'y',
  questions: {
    hours: '¿Cuál es el horario? ¿A qué hora abren y cierran?',
    address: '¿Dónde está la tienda? ¿Cuál es la dirección?',
    contact: '¿Cuál es el teléfono de contacto?',
    delivery: '¿Hacen envíos a domicilio? ¿Cuánto cuesta el envío y cuánto tarda?',
    pickup: '¿Se puede recoger en la tienda?',
    payment: '¿Cómo se puede pagar? ¿Qué formas de pago aceptan?',
    deposit: '¿Hay que pagar una señal o anticipo?',
    returns: '¿Se pueden hacer cambios o devoluciones? ¿Hay garantía?',
    discounts: '¿Hay descuentos u ofertas?',
    handoff: '¿Puedo hablar con una persona?',
  },
  phone: 'Teléfono',
  minOrder: 'Pedido mínimo',
  free: 'gratis',
  freeFrom: 'gratis desde',
  except: 'excepto',
  fee: 'Coste',
  noFee: 'Sin coste',
  depositOver: (amount) => `en pedidos de más de ${amount}`,
  deposit: (percent) => `Señal del ${percent} %`,
}

const en: Words = {
  language: 'en',
  days: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
  closed: 'closed',
  everyDay: 'every day',
  vacation: 'closed for the holidays',
  eachYear: 'every year',
  range: (first, last) => `${first} to ${last}`,
  shift: ([opens, closes]) => `${opens}–${closes}`,
  and: 'and',
  questions: {
    hours: 'What are the opening hours? When do you open and close?',
    address: 'Where is the shop? What is the address?',
    contact: 'What is the phone number?',
    delivery: 'Do you deliver? How much is delivery and how long does it take?',
    pickup: 'Can I collect in the shop?',
    payment: 'How can I pay? Which payment methods do you take?',
    deposit: 'Is a deposit needed?',
    returns: 'Can I return or exchange something? Is there a guarantee?',
    discounts: 'Are there any discounts or offers?',
    handoff: 'Can I talk to a person?',
  },
  phone: 'Phone',
  minOrder: 'Minimum order',
  free: 'free',
  freeFrom: 'free from',
  except: 'except',
  fee: 'Cost',
  noFee: 'No charge',
  depositOver: (amount) => `on orders over ${amount}`,
  deposit: (percent) => `Deposit of ${percent} %`,
}

export interface ProfileEntry {
  topic: Topic
  question: string
  answer: string
}

/** The profile as entries that people can read, one a topic, in the language of the shop's locale. */
export function profileEntries(
  profile: ShopProfile,
  shop: { locale: string; currency: string },
): ProfileEntry[] {
  const words = shop.locale.toLowerCase().startsWith('es') ? es : en
  const money = (amount: number) => formatMoney({ amount, currency: shop.currency }, shop.locale)
  const answers: Partial<Record<Exclude<Topic, 'note' | 'faq'>, string>> = {
    hours: hoursText(profile, words),
    address: profile.address,
    contact: profile.phone === '' ? '' : `${words.phone}: ${profile.phone}`,
    delivery: deliveryText(profile.delivery, words, money),
    pickup: pickupText(profile.delivery, words, money),
    payment: profile.payments
      .map(({ name, details }) => sentence(details ? `${name}: ${details}` : name))
      .join('\n'),
    deposit: depositText(profile.deposit, words, money),
    returns: profile.returns,
    discounts: profile.discounts,
    handoff: profile.handoff,
  }
  const entries: ProfileEntry[] = []
  for (const [topic, question] of Object.entries(words.questions)) {
    // Object.entries widens the keys of `questions`, which are topics by its type.
    const key = topic as Exclude<Topic, 'note' | 'faq'>
    const answer = answers[key] ?? ''
    if (answer !== '') entries.push({ topic: key, question, answer })
  }
  for (const { q, a } of profile.faq) entries.push({ topic: 'faq', question: q, answer: a })
  return entries
}

function hoursText(profile: ShopProfile, words: Words): string {
  const lines: string[] = []
  if (profile.hours !== null) {
    const texts = days.map((day) => shiftsText(profile.hours?.[day] ?? null, words))
    for (let at = 0; at < days.length; ) {
      let last = at
      while (texts[last + 1] === texts[at]) last++
      lines.push(`${capital(dayRange(at, last, words))}: ${texts[at]}.`)
      at = last + 1
    }
  }
  lines.push(...profile.holidays.map((holiday) => holidayText(holiday, words)))
  lines.push(...profile.vacations.map((vacation) => vacationText(vacation, words)))
  if (profile.hoursNote !== '') lines.push(sentence(profile.hoursNote))
  return lines.join('\n')
}

function holidayText({ date, name, hours, yearly }: Holiday, words: Words): string {
  const about = [name, yearly ? words.eachYear : ''].filter(Boolean).join(', ')
  const day = `${dateText(words.language, date, !yearly)}${about === '' ? '' : ` (${about})`}`
  return `${capital(day)}: ${shiftsText(hours, words)}.`
}

function vacationText({ from, to, note }: Vacation, words: Words): string {
  const period = capital(periodText(words.language, from, to, true))
  return [`${period}: ${words.vacation}.`, sentence(note)].filter(Boolean).join(' ')
}

function dayRange(first: number, last: number, words: Words): string {
  const name = (at: number) => words.days[days[at] ?? 'mon']
  if (first === 0 && last === 6) return words.everyDay
  if (first === last) return name(first)
  return last === first + 1
    ? `${name(first)} ${words.and} ${name(last)}`
    : words.range(name(first), name(last))
}

function shiftsText(ranges: TimeRange[] | null, words: Words): string {
  if (ranges === null || ranges.length === 0) return words.closed
  return ranges.map((range) => words.shift(range)).join(` ${words.and} `)
}

type Amounts = (amount: number) => string

function deliveryText(delivery: ShopProfile['delivery'], words: Words, money: Amounts): string {
  if (delivery === null) return ''
  const lines = delivery.zones.map((zone) => zoneText(zone, words, money))
  if (delivery.minOrder !== null && delivery.minOrder > 0)
    lines.push(`${words.minOrder}: ${money(delivery.minOrder)}.`)
  if (delivery.notServed !== '') lines.push(sentence(delivery.notServed))
  return lines.join('\n')
}

function zoneText(zone: DeliveryZone, words: Words, money: Amounts): string {
  const areas = zone.areas.length > 0 ? ` (${zone.areas.join(', ')})` : ''
  const parts = [zone.fee === null ? '' : zone.fee === 0 ? words.free : money(zone.fee)]
  if (zone.freeFrom !== null && zone.fee !== 0) parts.push(`${words.freeFrom} ${money(zone.freeFrom)}`)
  parts.push(zone.eta)
  if (zone.excludes.length > 0) parts.push(`${words.except} ${zone.excludes.join(', ')}`)
  return sentence(
    `${zone.name || zone.areas.join(', ')}${zone.name ? areas : ''}: ${parts.filter(Boolean).join(', ')}`,
  )
}

function pickupText(delivery: ShopProfile['delivery'], words: Words, money: Amounts): string {
  const pickup = delivery?.pickup
  if (!pickup) return ''
  const fee = pickup.fee === null ? '' : pickup.fee === 0 ? words.noFee : `${words.fee}: ${money(pickup.fee)}`
  return [sentence(pickup.note), sentence(fee)].filter(Boolean).join(' ')
}

function depositText(deposit: ShopProfile['deposit'], words: Words, money: Amounts): string {
  if (deposit === null) return ''
  const over = deposit.over === null ? '' : words.depositOver(money(deposit.over))
  const percent = deposit.percent === null ? '' : words.deposit(deposit.percent)
  return [sentence([percent, over].filter(Boolean).join(' ')), sentence(deposit.note)]
    .filter(Boolean)
    .join(' ')
}

function sentence(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
