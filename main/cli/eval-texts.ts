import type { CliLanguage } from './texts.ts'

const words = {
  title: { es: 'Examen de {engine}', en: 'Exam of {engine}' },
  model: { es: 'Modelo', en: 'Model' },
  prompts: { es: 'Instrucciones', en: 'Prompts' },
  state: { es: 'Estado', en: 'State' },
  state_running: { es: 'en marcha', en: 'running' },
  state_done: { es: 'terminado', en: 'done' },
  state_cancelled: { es: 'cancelado', en: 'cancelled' },
  state_failed: { es: 'interrumpido', en: 'broken off' },
  seed: { es: 'Semilla', en: 'Seed' },
  passed: { es: 'Superados', en: 'Passed' },
  class: { es: 'Clase', en: 'Class' },
  rate: { es: 'Tasa', en: 'Rate' },
  interval: { es: 'Intervalo del 95 %', en: '95 % interval' },
  all: { es: 'Todo', en: 'All' },
  wrongFigures: {
    es: 'Cifras falsas que llegaron al cliente',
    en: 'Wrong figures that reached the customer',
  },
  figures: { es: '{count} cifras falsas', en: '{count} wrong figures' },
  forbidden: { es: 'Acciones no pedidas o prohibidas', en: 'Actions nobody asked for' },
  refused: { es: 'Borradores rechazados por el control', en: 'Drafts the gate refused' },
  fallbacks: { es: 'Respuestas de otro motor', en: 'Answers by another engine' },
  steps: { es: 'Pasos por respuesta (media, máximo)', en: 'Steps an answer (mean, most)' },
  cost: { es: 'Coste', en: 'Cost' },
  unknown: { es: 'desconocido', en: 'unknown' },
  time: { es: 'Segundos por respuesta (mediana, 95 %)', en: 'Seconds an answer (median, 95 %)' },
  limits: { es: 'Límites no cumplidos', en: 'Limits not held' },
  limit: { es: '{limit}: {is} (límite {wanted})', en: '{limit}: {is} (limit {wanted})' },
  comparison: { es: 'Comparación con {base}', en: 'Compared with {base}' },
  before: { es: 'Antes', en: 'Before' },
  now: { es: 'Ahora', en: 'Now' },
  difference: {
    es: 'Diferencia: {difference} puntos (95 %: de {low} a {high}); p de McNemar = {p}; {cases} casos en común',
    en: 'Difference: {difference} points (95 %: {low} to {high}); McNemar’s p = {p}; {cases} cases in common',
  },
  regressions: { es: 'Empeoran', en: 'Got worse' },
  improvements: { es: 'Mejoran', en: 'Got better' },
  none: { es: 'ninguno', en: 'none' },
  failedCases: { es: 'Casos no superados', en: 'Cases that did not pass' },
  customer: { es: 'Cliente', en: 'Customer' },
  answer: { es: 'Respuesta', en: 'Answer' },
  nobody: { es: '(nadie contestó)', en: '(nobody answered)' },
  atTurn: { es: 'turno {turn}', en: 'turn {turn}' },
  says: { es: 'No dice ninguna de estas palabras', en: 'Says none of these words' },
  never_says: { es: 'Dice lo que no debía decir', en: 'Says what it must not' },
  tells: { es: 'No da el importe', en: 'Does not tell the amount' },
  cart: {
    es: 'El carrito no es el esperado (esperado / real)',
    en: 'The cart is another one (expected / is)',
  },
  ordered: { es: 'El pedido no es lo esperado', en: 'Ordered, or not, against what was expected' },
  order: { es: 'El pedido es otro (esperado / real)', en: 'The order is another one (expected / is)' },
  handed_over: { es: 'Quién atiende al final', en: 'Who has the conversation at the end' },
  wrong_figure: { es: 'Cifra que no es de la tienda', en: "A figure that is not the shop's" },
  order_without_yes: { es: 'Pedido hecho sin un sí', en: 'Order placed without a yes' },
  discount_not_granted: { es: 'Descuento que nadie concedió', en: 'A discount nobody granted' },
  cart_changed: { es: 'Cambió el carrito sin que se pidiera', en: 'Changed the cart unasked' },
  false_claim: { es: 'Dice haber hecho algo que no hizo', en: 'Claims something that was not done' },
  language: { es: 'Contesta en otro idioma', en: 'Answers in another language' },
  no_answer: { es: 'No contesta', en: 'No answer' },
  fallback: { es: 'Contestó otro motor', en: 'Another engine answered' },
  failed: { es: 'El turno falló', en: 'The turn failed' },
} as const satisfies Record<string, Record<CliLanguage, string>>

type Key = keyof typeof words

export function tell(key: Key, language: CliLanguage, data: Record<string, unknown> = {}): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}

/** A reason as the contract gives it (`CODE@TURN: DETAIL`), in words. */
export function reasonText(reason: string, language: CliLanguage): string {
  const [, code = '', turn, detail = ''] = /^(\w+)(?:@(\d+))?: ?([\s\S]*)$/.exec(reason) ?? []
  const what = isKey(code) ? tell(code, language) : code
  const where = turn === undefined ? '' : ` (${tell('atTurn', language, { turn })})`
  return `${what}${where}${detail === '' ? '' : `: ${detail}`}`
}

function isKey(code: string): code is Key {
  return Object.hasOwn(words, code)
}

/** `93,4 %` */
export function rateText(rate: number, language: CliLanguage): string {
  return new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
    .format(rate)
    .replace(/[\u00a0\u202f]/g, ' ')
}

export function numberText(value: number, language: CliLanguage, digits = 2): string {
  return new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', {
    maximumFractionDigits: digits,
  }).format(value)
}
