import type { ErrorData } from '../core/errors.ts'

export type TerminalLanguage = 'es' | 'en'

interface Texts {
  running: string
  already: string
  link: string
  linkNote: string
  stop: string
  stopped: string
  troubled: string
  usage: string
  errors: Record<string, string>
  unknownError: string
}

const texts: Record<TerminalLanguage, Texts> = {
  es: {
    running: 'Mostrador está en marcha en {url}',
    already: 'Mostrador ya estaba en marcha en {url}',
    link: 'Entra con este enlace:',
    linkNote: 'Vale una sola vez y durante 60 segundos. Para otro, «npm start» de nuevo en otra terminal.',
    stop: 'Para pararlo: Ctrl+C',
    stopped: 'Mostrador se ha parado.',
    troubled: 'La tienda «{slug}» no se pudo abrir: {text}',
    usage: 'Uso: npm start -- [--port N] [--data CARPETA] [--no-open] [--json]',
    errors: {
      'host.port_in_use':
        'El puerto {port} lo está usando otro programa. Elige otro: npm start -- --port {other}',
      'host.already_running': 'Otro Mostrador usa esta carpeta de datos, pero no contesta.',
      'host.secrets_locked': 'Los secretos de la tienda no se pueden abrir en este equipo.',
      'shop.no_rights': 'No hay permiso para leer o escribir en {path}',
      'shop.damaged': 'su base de datos está dañada; no se ha tocado nada.',
      'shop.newer_version': 'la hizo una versión más nueva de Mostrador; no se ha tocado nada.',
      'shop.locked': 'la tiene abierta otro programa.',
      'storage.full': 'El disco está lleno.',
    },
    unknownError: 'No se pudo ({code}). Los detalles están en la carpeta «logs» de los datos.',
  },
  en: {
    running: 'Mostrador is running at {url}',
    already: 'Mostrador was already running at {url}',
    link: 'Get in with this link:',
    linkNote: 'It works once, for 60 seconds. For another one run “npm start” again in another terminal.',
    stop: 'To stop it: Ctrl+C',
    stopped: 'Mostrador has stopped.',
    troubled: 'The shop “{slug}” could not be opened: {text}',
    usage: 'Usage: npm start -- [--port N] [--data FOLDER] [--no-open] [--json]',
    errors: {
      'host.port_in_use': 'Another program uses port {port}. Choose another one: npm start -- --port {other}',
      'host.already_running': 'Another Mostrador uses this data folder, but it does not answer.',
      'host.secrets_locked': 'The shop’s secrets cannot be opened on this computer.',
      'shop.no_rights': 'There is no right to read or write in {path}',
      'shop.damaged': 'its database is damaged; nothing was touched.',
      'shop.newer_version': 'a newer version of Mostrador made it; nothing was touched.',
      'shop.locked': 'another program has it open.',
      'storage.full': 'The disk is full.',
    },
    unknownError: 'It did not work ({code}). Details are in the “logs” folder of the data.',
  },
}

/** Spanish or English, as the terminal's locale says. */
export function terminalLanguage(env: NodeJS.ProcessEnv = process.env): TerminalLanguage {
  const named = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '')
  const locale = named ?? new Intl.DateTimeFormat().resolvedOptions().locale
  return locale.toLowerCase().startsWith('es') ? 'es' : 'en'
}

export function say(
  language: TerminalLanguage,
  key: Exclude<keyof Texts, 'errors'>,
  data: ErrorData = {},
): string {
  return fill(texts[language][key], data)
}

export function sayError(language: TerminalLanguage, code: string, data: ErrorData = {}): string {
  const known = texts[language].errors[code]
  if (known === undefined) return say(language, 'unknownError', { code })
  const other = typeof data.port === 'number' ? data.port + 1 : 0
  return fill(known, { ...data, other })
}

function fill(text: string, data: ErrorData): string {
  return text.replace(/\{(\w+)\}/g, (_match, name: string) => String(data[name] ?? ''))
}
