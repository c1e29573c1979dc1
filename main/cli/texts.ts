import type { ErrorCode } from '../core/errors.ts'

export type CliLanguage = 'es' | 'en'

/** The language of the person at the terminal, from the system's settings. */
export function cliLanguage(environment: NodeJS.ProcessEnv): CliLanguage {
  const tag = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return tag.toLowerCase().startsWith('es') ? 'es' : 'en'
}

type Text = Record<CliLanguage, string>

/** What the command line says of an error: what happened and what to do. `{name}` is filled from the error's data. */
const errors: Partial<Record<ErrorCode | 'internal' | 'usage', Text>> = {
  'shop.not_found': {
    es: 'No existe esa tienda. «shop list» muestra las que hay; «shop create» crea una.',
    en: 'There is no such shop. "shop list" shows the ones there are; "shop create" makes one.',
  },
  'shop.ambiguous': {
    es: 'Hay varias tiendas: di cuál con --shop ({slugs}).',
    en: 'There are several shops: say which one with --shop ({slugs}).',
  },
  'shop.invalid': {
    es: 'El dato «{field}» no es válido: {value}.',
    en: 'The value of "{field}" is not valid: {value}.',
  },
  'shop.damaged': {
    es: 'La base de datos de la tienda está dañada. No se ha tocado nada: restaura una copia de seguridad.',
    en: "The shop's database is damaged. Nothing was touched: restore a backup.",
  },
  'shop.locked': {
    es: 'Otro proceso tiene abierta la tienda. Ciérralo o espera a que termine.',
    en: 'Another process has the shop open. Close it or wait for it to end.',
  },
  'shop.newer_version': {
    es: 'Esta tienda la guardó una versión más nueva de Mostrador. Actualiza el programa; no se ha tocado nada.',
    en: 'This shop was saved by a newer Mostrador. Update the program; nothing was touched.',
  },
  'shop.no_rights': {
    es: 'No se puede leer o escribir en {path}. Revisa los permisos de la carpeta.',
    en: 'Cannot read or write {path}. Check the permissions of the folder.',
  },
  'storage.full': {
    es: 'El disco está lleno o falla. Libera espacio y repite; lo anterior está a salvo.',
    en: 'The disk is full or failing. Free some space and try again; what was there is safe.',
  },
  'storage.failed': {
    es: 'La base de datos no se puede leer ni escribir ({code}).',
    en: 'The database cannot be read or written ({code}).',
  },
  'storage.read_only': { es: 'No se puede escribir en el disco.', en: 'The disk cannot be written to.' },
  'input.invalid': {
    es: 'El dato «{field}» no es válido. {issue}',
    en: 'The value of "{field}" is not valid. {issue}',
  },
  'import.not_text': {
    es: 'El archivo no es un CSV de texto. Guárdalo desde tu hoja de cálculo como CSV.',
    en: 'The file is not a text CSV. Save it from your spreadsheet as CSV.',
  },
  'import.empty': { es: 'El archivo está vacío.', en: 'The file is empty.' },
  'import.line_too_long': {
    es: 'Una línea del archivo es demasiado larga (¿falta una comilla?).',
    en: 'A line of the file is too long (a missing quote?).',
  },
  'import.no_name_column': {
    es: 'No se encuentra la columna con el nombre del producto. Pon una cabecera «nombre».',
    en: 'No column with the product name was found. Add a header "name".',
  },
  'import.file_unreadable': {
    es: 'No se puede leer el archivo {path}',
    en: 'The file {path} cannot be read.',
  },
  'import.busy': { es: 'Ya hay una importación en marcha.', en: 'An import is already running.' },
  'channel.not_found': { es: 'No existe ese canal.', en: 'There is no such channel.' },
  'channel.token_refused': {
    es: 'Telegram no acepta ese token. Cópialo otra vez desde @BotFather.',
    en: 'Telegram does not accept that token. Copy it again from @BotFather.',
  },
  'channel.unreachable': {
    es: 'No se pudo hablar con Telegram. Revisa la conexión (o --api-root).',
    en: 'Telegram could not be reached. Check the connection (or --api-root).',
  },
  'export.busy': {
    es: 'Ya hay una exportación en marcha. Espera a que termine.',
    en: 'Another export is under way. Wait for it to end.',
  },
  'export.path': {
    es: 'No se puede escribir en {path}: revisa que la carpeta exista y los permisos.',
    en: 'Cannot write {path}: check that the folder exists and its permissions.',
  },
  'channel.already_added': { es: 'Ese bot ya está añadido.', en: 'That bot is already added.' },
  not_found: { es: 'No se encuentra: {number}{id}.', en: 'Not found: {number}{id}.' },
  conflict: {
    es: 'Alguien lo ha cambiado mientras tanto. Míralo otra vez y repite.',
    en: 'Somebody has changed it in the meantime. Look at it again and repeat.',
  },
  'order.transition': {
    es: 'Un pedido en estado «{from}» no puede pasar a «{to}».',
    en: 'An order that is "{from}" cannot become "{to}".',
  },
  'order.closed': {
    es: 'El pedido ya está cerrado ({state}).',
    en: 'The order is closed already ({state}).',
  },
  'order.overpaid': {
    es: 'Es más de lo que queda por pagar.',
    en: 'That is more than is left to pay.',
  },
  'card.closed': {
    es: 'La tarjeta #{seq} ya está contestada o cerrada.',
    en: 'Card #{seq} is answered or closed already.',
  },
  'pairing.not_possible': {
    es: 'En ese canal no se puede emparejar un chat del dueño.',
    en: "An owner's chat cannot be paired on that channel.",
  },
  'host.port_in_use': {
    es: 'El puerto {port} está ocupado. Elige otro con --port.',
    en: 'Port {port} is in use. Choose another one with --port.',
  },
  'channel.token_in_use': {
    es: 'Otro programa ya usa ese bot. Ciérralo, o crea otro bot en @BotFather.',
    en: 'Another program uses that bot already. Close it, or make another bot with @BotFather.',
  },
  'host.already_running': {
    es: 'Otro Mostrador usa esta carpeta de datos, pero no contesta.',
    en: 'Another Mostrador uses this data folder, but it does not answer.',
  },
  'host.not_running': {
    es: 'El Mostrador que usa esta carpeta de datos no contesta. Espera un momento o ciérralo.',
    en: 'The Mostrador that uses this data folder does not answer. Wait a moment, or close it.',
  },
  'host.secrets_locked': {
    es: 'No se puede abrir la clave de los secretos de esta tienda.',
    en: "The key of this shop's secrets cannot be opened.",
  },
  'customer.same': { es: 'Ya son la misma ficha.', en: 'They are one record already.' },
  'customer.erased': {
    es: 'Los datos de esa persona ya se borraron.',
    en: "That person's data has been erased already.",
  },
  'customer.confirm_name': {
    es: 'El nombre no coincide con el de la ficha. No se ha borrado nada.',
    en: "The name is not the record's. Nothing was erased.",
  },
  'customer.open_orders': {
    es: 'Tiene pedidos sin terminar ({count}). Entrégalos o cancélalos antes de borrar sus datos.',
    en: 'There are open orders ({count}). Deliver or cancel them before the data is erased.',
  },
  cancelled: { es: 'Cancelado.', en: 'Cancelled.' },
  internal: {
    es: 'Error interno ({id}). Los detalles están en el registro.',
    en: 'Internal error ({id}). Details are in the log.',
  },
}

/** What is wrong with a value, as who checks a profile names it. */
const issues: Record<string, Text | undefined> = {
  unknown_key: {
    es: 'No existe ese dato: revisa cómo está escrito.',
    en: 'There is no such key: check how it is spelled.',
  },
  amount: { es: 'Escribe un importe, como 4,50.', en: 'Write an amount, as 4.50.' },
  time: { es: 'Escribe una hora, como 09:30.', en: 'Write a time, as 09:30.' },
  date: {
    es: 'Escribe una fecha que exista, como 2026-12-24.',
    en: 'Write a date that exists, as 2026-12-24.',
  },
  several: {
    es: 'Hay varios así: da el id o un dato más preciso.',
    en: 'Several are like that: give the id or be more precise.',
  },
  order: {
    es: 'El último día es anterior al primero.',
    en: 'The last day comes before the first.',
  },
}

/** Text of an error; a code without a text of its own shows as it is. */
export function errorText(code: string, data: Record<string, unknown>, language: CliLanguage): string {
  const text = errors[code as ErrorCode]?.[language] ?? code
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
  noChannels: { es: 'No hay canales.', en: 'There are no channels.' },
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
  allWell: { es: 'Todo bien.', en: 'All is well.' },
} as const satisfies Record<string, Text>

export function say(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, unknown> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}
