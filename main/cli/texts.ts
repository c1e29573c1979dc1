import type { ErrorCode } from '../core/errors.ts'
import { browserReason } from './browser-texts.ts'
import { errors } from './error-texts.ts'

export type CliLanguage = 'es' | 'en'

/** The language of the person at the terminal, from the system's settings. */
export function cliLanguage(environment: NodeJS.ProcessEnv): CliLanguage {
  const tag = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return tag.toLowerCase().startsWith('es') ? 'es' : 'en'
}

type Text = Record<CliLanguage, string>

/** What is wrong with a value, as who checks a profile names it. */
const issues: Record<string, Text | undefined> = {
  unknown_key: {
    es: 'No existe ese dato: revisa cómo está escrito.',
    en: 'There is no such key: check how it is spelled.',
  },
  amount: { es: 'Escribe un importe, como 4,50.', en: 'Write an amount, as 4.50.' },
  time: { es: 'Escribe una hora, como 09:30.', en: 'Write a time, as 09:30.' },
  both: { es: 'Di los dos precios.', en: 'Give both prices.' },
  date: {
    es: 'Escribe una fecha que exista, como 2026-12-24.',
    en: 'Write a date that exists, as 2026-12-24.',
  },
  several: {
    es: 'Hay varios así: da el id o un dato más preciso.',
    en: 'Several are like that: give the id or be more precise.',
  },
  no_terminal: {
    es: 'Sin terminal, pásala por la entrada estándar con --stdin.',
    en: 'Without a terminal, give it on standard input with --stdin.',
  },
  order: {
    es: 'El último día es anterior al primero.',
    en: 'The last day comes before the first.',
  },
}

/** Text of an error; a code without a text of its own shows as it is. */
export function errorText(code: string, data: Record<string, unknown>, language: CliLanguage): string {
  const text =
    (code.startsWith('browser.') ? browserReason(data.reason, language) : null) ??
    errors[code as ErrorCode]?.[language] ??
    code
  // Who checks a whole document says where in it as `path`.
  const issue = typeof data.issue === 'string' ? issues[data.issue]?.[language] : undefined
  const given: Record<string, unknown> =
    code === 'input.invalid' ? { field: data.path, ...data, ...(issue === undefined ? {} : { issue }) } : data
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? '')).trim()
}

const words = {
  created: { es: 'Tienda creada: {slug}', en: 'Shop created: {slug}' },
  noShops: {
    es: 'Todavía no hay ninguna tienda. Crea una con «shop create».',
    en: 'There is no shop yet. Make one with "shop create".',
  },
  profileSaved: { es: 'Perfil guardado.', en: 'Profile saved.' },
  imported: {
    es: '{imported} productos nuevos, {updated} actualizados, {variants} variantes; {refused} filas rechazadas, {warned} avisos.',
    en: '{imported} new products, {updated} updated, {variants} variants; {refused} rows refused, {warned} warnings.',
  },
  dryRun: { es: 'Prueba: no se ha guardado nada.', en: 'Dry run: nothing was saved.' },
  row: { es: 'Fila {row}: {reason}', en: 'Row {row}: {reason}' },
  nothingFits: { es: 'Nada encaja.', en: 'Nothing fits.' },
  exported: { es: '{rows} filas escritas en {path}.', en: '{rows} rows written to {path}.' },
  rebuilt: { es: 'Índice reconstruido: {products} productos.', en: 'Index rebuilt: {products} products.' },
  withPerson: {
    es: '(la conversación la tiene una persona)',
    en: '(a person has the conversation)',
  },
  channelAdded: { es: 'Canal añadido: {name} ({id})', en: 'Channel added: {name} ({id})' },
  channelRemoved: { es: 'Canal quitado.', en: 'Channel removed.' },
  channelOff: { es: 'apagado', en: 'off' },
  noChannels: { es: 'No hay canales.', en: 'There are no channels.' },
  engineAdded: {
    es: 'Motor añadido: {name} ({id}). Desde ahora contesta el primero.',
    en: 'Engine added: {name} ({id}). It is asked first from now on.',
  },
  engineRemoved: { es: 'Motor quitado: {name}.', en: 'Engine removed: {name}.' },
  engineToday: { es: 'hoy: {requests} peticiones, {cost}', en: 'today: {requests} requests, {cost}' },
  engineFails: { es: 'No contesta: {error}', en: 'It does not answer: {error}' },
  engineCallsTools: { es: 'Usa herramientas.', en: 'It uses tools.' },
  engineCallsNoTools: {
    es: 'No usó la herramienta: no podrá consultar el catálogo por sí mismo.',
    en: 'It did not use the tool: it will not look things up by itself.',
  },
  capNone: { es: 'sin límite', en: 'no cap' },
  capDay: { es: 'Hoy: {spent} de {cap} ({currency})', en: 'Today: {spent} of {cap} ({currency})' },
  capMonth: {
    es: 'Este mes: {spent} de {cap} ({currency})',
    en: 'This month: {spent} of {cap} ({currency})',
  },
  capRate: {
    es: 'Un dólar se cuenta a {rate} {currency} (cifra aproximada; la tuya con --rate).',
    en: 'A US dollar counts as {rate} {currency} (a rough figure; give yours with --rate).',
  },
  capRateOwner: {
    es: 'Un dólar se cuenta a {rate} {currency}.',
    en: 'A US dollar counts as {rate} {currency}.',
  },
  capWarning: { es: 'Queda poco del límite.', en: 'Little is left of the cap.' },
  capReached: {
    es: 'Límite alcanzado: contesta el siguiente motor.',
    en: 'The cap is reached: the next engine answers.',
  },
  noOrders: { es: 'No hay pedidos así.', en: 'There are no such orders.' },
  order_pending: { es: 'pendiente', en: 'pending' },
  order_processing: { es: 'en preparación', en: 'processing' },
  order_shipped: { es: 'enviado', en: 'shipped' },
  order_delivered: { es: 'entregado', en: 'delivered' },
  order_cancelled: { es: 'cancelado', en: 'cancelled' },
  order_returned: { es: 'devuelto', en: 'returned' },
  payment_unpaid: { es: 'sin pagar', en: 'unpaid' },
  payment_part: { es: 'pagado en parte', en: 'part paid' },
  payment_paid: { es: 'pagado', en: 'paid' },
  payment_refunded: { es: 'dinero devuelto', en: 'refunded' },
  orderDiscount: { es: 'Descuento', en: 'Discount' },
  orderDelivery: { es: 'Envío', en: 'Delivery' },
  orderTotal: { es: 'Total', en: 'Total' },
  orderPaid: { es: 'Pagado', en: 'Paid' },
  noCustomers: { es: 'No hay clientes así.', en: 'There are no such customers.' },
  moreCustomers: { es: 'En total: {total}.', en: '{total} in all.' },
  customerOrders: { es: 'Pedidos: {orders}, {spent}', en: 'Orders: {orders}, {spent}' },
  mergedRecord: {
    es: 'unida: {name} ({reason}), unión {id}',
    en: 'merged: {name} ({reason}), merge {id}',
  },
  customerExported: { es: 'Datos escritos en {path}.', en: 'Data written to {path}.' },
  customerErased: {
    es: 'Datos borrados. Las cifras de sus pedidos se conservan.',
    en: 'Data erased. The figures of the orders stay.',
  },
  customersMerged: {
    es: 'Fichas unidas en «{name}». Para separarlas: customers undo-merge {id}',
    en: 'Records merged into "{name}". To split them: customers undo-merge {id}',
  },
  mergeUndone: { es: 'Ficha separada de «{name}».', en: 'Record split off from "{name}".' },
  noCards: { es: 'No hay tarjetas.', en: 'There are no cards.' },
  cardOpen: { es: 'abierta', en: 'open' },
  cardIsAnswered: { es: 'contestada', en: 'answered' },
  cardIsDismissed: { es: 'cerrada', en: 'dismissed' },
  cardTimedOut: { es: 'fuera de plazo', en: 'timed out' },
  cardAnswered: {
    es: 'Tarjeta #{seq} contestada; clientes avisados: {told}.',
    en: 'Card #{seq} answered; customers told: {told}.',
  },
  cardDismissed: { es: 'Tarjeta #{seq} cerrada.', en: 'Card #{seq} closed.' },
  noDemand: { es: 'Nada que falte por ahora.', en: 'Nothing is missed so far.' },
  traceTokens: { es: '{input} + {output} tokens', en: '{input} + {output} tokens' },
  traceCost: { es: 'costó {cost}', en: 'cost {cost}' },
  traceRefused: {
    es: 'rechazado: «{text}» ({kind}, {reason})',
    en: 'refused: "{text}" ({kind}, {reason})',
  },
  allWell: { es: 'Todo bien.', en: 'All is well.' },
} as const satisfies Record<string, Text>

export function say(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, unknown> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}
