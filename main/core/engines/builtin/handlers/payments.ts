import { enumerate } from '../../../language/voice.ts'
import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import type { InformationData } from '../tool-data.ts'
import type { Turn } from '../turn.ts'
import { speak } from '../turn.ts'

/** Ways to pay as customers and shops name them. The name is what is said where the shop does not have it. */
const ways: readonly { name: string | { es: string; en: string }; words: RegExp }[] = [
  { name: 'Bizum', words: /\bbizum\b/ },
  { name: 'PayPal', words: /\bpay ?pal\b/ },
  { name: 'Nequi', words: /\bnequi\b/ },
  { name: 'Daviplata', words: /\bdaviplata\b/ },
  { name: 'PSE', words: /\bpse\b/ },
  { name: 'OXXO', words: /\boxxo\b/ },
  { name: 'SPEI', words: /\bspei\b/ },
  { name: 'CoDi', words: /\bcodi\b/ },
  { name: 'Mercado Pago', words: /\bmercado ?pago\b|\bmp\b/ },
  { name: 'Apple Pay', words: /\bapple ?pay\b/ },
  { name: 'Google Pay', words: /\bg(?:oogle)? ?pay\b/ },
  { name: 'Venmo', words: /\bvenmo\b/ },
  { name: 'Zelle', words: /\bzelle\b/ },
  { name: 'Cash App', words: /\bcash ?app\b/ },
  { name: 'Klarna', words: /\bklarna\b/ },
  { name: 'Bitcoin', words: /\bbitcoins?\b|\bcr[iy]pto\w*\b/ },
  { name: 'American Express', words: /\bamex\b|\bamerican express\b/ },
  {
    name: { es: 'transferencia', en: 'bank transfer' },
    words: /\btransferencias?\b|\btransferir\b|\b(?:bank|wire) transfers?\b|\bbacs\b/,
  },
  {
    name: { es: 'pago contra entrega', en: 'cash on delivery' },
    words: /\bcontra ?(?:entrega|reembolso)\b|\bcash on delivery\b|\bcod\b|\bpag\w+ al recibir\b/,
  },
  {
    name: { es: 'pago a plazos', en: 'instalments' },
    words:
      /\bcuotas\b|\ba plazos\b|\bmeses sin intereses\b|\bmsi\b|\binstal?lments?\b|\bpay (?:monthly|later)\b/,
  },
  { name: { es: 'cheque', en: 'cheque' }, words: /\bcheques?\b|\bchecks\b/ },
  {
    name: { es: 'tarjeta', en: 'card' },
    words:
      /\btarjetas?\b|\bcards?\b|\bvisa\b|\bmaster ?card\b|\bcontactless\b|\bdebito\b|\bcredito\b|\b(?:credit|debit)\b/,
  },
  {
    name: { es: 'efectivo', en: 'cash' },
    words: /\befectivo\b|\ben metalico\b|\bcash\b(?! ?app| on)/,
  },
]

/** Yes or no for the ways that the question names; all ways otherwise. Null where the shop has said none. */
export function paymentText(turn: Turn, data: InformationData, request: CustomerRequest): string | null {
  const { payments } = data
  if (payments == null || payments.length === 0) return null
  const list = payments.map(({ name, details }) => `• ${name}${details === '' ? '' : `: ${details}`}`)
  const asked = ways.filter(({ words }) => words.test(fold(request.text)))
  if (asked.length === 0) return [speak(turn, 'payments'), ...list].join('\n')
  const taken = payments.filter(({ name, details }) =>
    asked.some(({ words }) => words.test(fold(`${name} ${details}`))),
  )
  const missing = asked.filter(
    ({ words }) => !payments.some(({ name, details }) => words.test(fold(`${name} ${details}`))),
  )
  const names = missing.map(({ name }) => (typeof name === 'string' ? name : name[turn.voice.language]))
  const lines: string[] = []
  if (taken.length > 0) {
    lines.push(
      speak(turn, 'payment_yes', {
        names: enumerate(
          turn.voice,
          taken.map(({ name }) => name),
        ),
      }),
      ...taken.flatMap(({ name, details }) => (details === '' ? [] : [`${name}: ${details}`])),
    )
  }
  if (names.length > 0)
    lines.push(speak(turn, 'payment_no', { names: enumerate(turn.voice, names, 'or') }), ...list)
  return lines.join('\n')
}
