import type { CliLanguage } from './texts.ts'

/** What the command line says of models and of search by meaning. */
const words = {
  adviceLocal: {
    es: 'Este equipo ({memory} de memoria, {cores} núcleos) puede con un modelo propio.',
    en: 'This computer ({memory} of memory, {cores} cores) can run a model of its own.',
  },
  adviceSmallLocal: {
    es: 'Este equipo ({memory} de memoria, {cores} núcleos) puede con un modelo pequeño.',
    en: 'This computer ({memory} of memory, {cores} cores) can run a small model.',
  },
  adviceRemote: {
    es: 'En este equipo ({memory} de memoria, {cores} núcleos) un modelo propio iría lento: mejor una clave de un servicio, o el motor incorporado.',
    en: 'On this computer ({memory} of memory, {cores} cores) a model of its own would be slow: a key of a service, or the built-in engine, is better.',
  },
  fitGood: { es: 'va bien', en: 'fits' },
  fitTight: { es: 'justo', en: 'tight' },
  fitTooLarge: { es: 'demasiado grande', en: 'too large' },
  kindChat: { es: 'conversación', en: 'chat' },
  kindEmbedding: { es: 'búsqueda', en: 'search' },
  kindOther: { es: 'otro', en: 'other' },
  here: { es: 'descargado', en: 'here' },
  partly: { es: 'a medias', en: 'in part' },
  notHere: { es: 'sin descargar', en: 'not here' },
  recommended: { es: 'recomendado', en: 'recommended' },
  notVerified: { es: 'sin verificar', en: 'not verified' },
  sizeUnknown: { es: 'tamaño sin confirmar', en: 'size not known' },
  progress: {
    es: '{percent} %, {bytes} de {total}, {speed}/s',
    en: '{percent}%, {bytes} of {total}, {speed}/s',
  },
  progressUnknown: { es: '{bytes}, {speed}/s', en: '{bytes}, {speed}/s' },
  waiting: { es: 'La conexión se cortó; se vuelve a intentar…', en: 'The connection broke; trying again…' },
  checking: { es: 'Comprobando el archivo…', en: 'Checking the file…' },
  downloaded: { es: 'Modelo descargado: {file}', en: 'Model downloaded: {file}' },
  paused: {
    es: 'En pausa con {bytes}. Repite la orden para seguir.',
    en: 'Paused at {bytes}. Run the command again to go on.',
  },
  removed: { es: 'Modelo borrado: {file}', en: 'Model removed: {file}' },
  embeddingOff: {
    es: 'La búsqueda funciona sin modelo, solo con palabras.',
    en: 'Search works without a model, by words alone.',
  },
  embeddingBuilding: {
    es: '{name}: preparando {done} de {total} productos; mientras tanto se busca solo con palabras.',
    en: '{name}: {done} of {total} products prepared; meanwhile search works by words alone.',
  },
  embeddingReady: {
    es: '{name}: la búsqueda también entiende el significado.',
    en: '{name}: search goes by meaning too.',
  },
  embeddingFailed: {
    es: '{name}: no se puede usar ahora; se busca solo con palabras. {reason}',
    en: '{name}: cannot be used now; search works by words alone. {reason}',
  },
} as const satisfies Record<string, Record<CliLanguage, string>>

export function sayOfModels(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, string | number> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}

/** As people read sizes: `2.5 GB`, `2,5 GB`. */
export function bytesText(bytes: number, language: CliLanguage): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: power < 3 ? 0 : 1 })
  return `${number.format(bytes / 1_000 ** power)} ${units[power]}`
}
