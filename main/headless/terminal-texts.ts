import type { ErrorData } from '../core/errors.ts'

export type TerminalLanguage = 'es' | 'en'

interface Texts {
  running: string
  already: string
  link: string
  linkNote: string
  stop: string
  stopped: string
  network: string
  fingerprint: string
  notOpened: string
  troubled: string
  usage: string
  errors: Record<string, string>
  /** Why a certificate cannot be used. */
  certificate: Record<string, string>
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
    notOpened:
      'No se ha abierto a la red: ya estaba en marcha sin «--lan». Páralo y vuelve a arrancarlo con «--lan».',
    network: 'En la red local se entra con nombre y contraseña en:',
    fingerprint:
      'El navegador avisará la primera vez. Compara entonces la huella SHA-256 del certificado:\n  {fingerprint}',
    troubled: 'La tienda «{slug}» no se pudo abrir: {text}',
    usage: `Uso: npm start -- --headless [opciones]

  --port N             puerto en este equipo (4780)
  --data CARPETA       carpeta de los datos
  --no-open            no abrir el navegador
  --json               una línea de JSON por aviso
  --log stdout         registro en JSON por la salida estándar, sin archivos

  --lan                abrir el escritorio a la red local, por HTTPS y con contraseña
  --host DIRECCIÓN     dirección en la que se escucha (todas)
  --lan-port N         puerto en la red (4781)
  --name NOMBRE[:N]    otro nombre de este equipo; se puede repetir
  --tls-cert ARCHIVO   certificado propio (PEM), con
  --tls-key ARCHIVO    su clave

  --help               esta ayuda`,
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
      'host.address_unknown': 'Este equipo no tiene la dirección {address}.',
      'access.no_password':
        'No se abre a la red: nadie tiene contraseña todavía. Pon primero la del dueño:\n  npm run -s mostrador -- access password',
      'access.certificate': 'No se puede usar el certificado ({reason}): {path}',
    },
    certificate: {
      unreadable: 'no se puede leer',
      invalid: 'no es un archivo PEM válido',
      mismatch: 'la clave es de otro certificado',
      expired: 'ha caducado',
      not_written: 'no se puede guardar',
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
    notOpened:
      'Not opened to the network: it was running without “--lan” already. Stop it and start it again with “--lan”.',
    network: 'On the local network people sign in with name and password at:',
    fingerprint:
      'The browser will warn the first time. Compare then the SHA-256 fingerprint of the certificate:\n  {fingerprint}',
    troubled: 'The shop “{slug}” could not be opened: {text}',
    usage: `Usage: npm start -- --headless [options]

  --port N             port on this computer (4780)
  --data FOLDER        folder of the data
  --no-open            do not open the browser
  --json               a line of JSON for each notice
  --log stdout         log as JSON to standard output, no files

  --lan                open the desk to the local network, over HTTPS and with a password
  --host ADDRESS       address to listen on (all of them)
  --lan-port N         port on the network (4781)
  --name NAME[:N]      another name of this computer; may be repeated
  --tls-cert FILE      a certificate of your own (PEM), with
  --tls-key FILE       its key

  --help               this help`,
    errors: {
      'host.port_in_use': 'Another program uses port {port}. Choose another one: npm start -- --port {other}',
      'host.already_running': 'Another Mostrador uses this data folder, but it does not answer.',
      'host.secrets_locked': 'The shop’s secrets cannot be opened on this computer.',
      'shop.no_rights': 'There is no right to read or write in {path}',
      'shop.damaged': 'its database is damaged; nothing was touched.',
      'shop.newer_version': 'a newer version of Mostrador made it; nothing was touched.',
      'shop.locked': 'another program has it open.',
      'storage.full': 'The disk is full.',
      'host.address_unknown': 'This computer does not have the address {address}.',
      'access.no_password':
        'Not opened to the network: nobody has a password yet. Set the owner’s first:\n  npm run -s mostrador -- access password',
      'access.certificate': 'The certificate cannot be used ({reason}): {path}',
    },
    certificate: {
      unreadable: 'it cannot be read',
      invalid: 'it is no valid PEM file',
      mismatch: 'the key belongs to another certificate',
      expired: 'it has expired',
      not_written: 'it cannot be stored',
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
  key: Exclude<keyof Texts, 'errors' | 'certificate'>,
  data: ErrorData = {},
): string {
  return fill(texts[language][key], data)
}

export function sayError(language: TerminalLanguage, code: string, data: ErrorData = {}): string {
  const known = texts[language].errors[code]
  if (known === undefined) return say(language, 'unknownError', { code })
  const other = typeof data.port === 'number' ? data.port + 1 : 0
  const reason = typeof data.reason === 'string' ? texts[language].certificate[data.reason] : undefined
  return fill(known, { ...data, other, ...(reason === undefined ? {} : { reason }) })
}

function fill(text: string, data: ErrorData): string {
  return text.replace(/\{(\w+)\}/g, (_match, name: string) => String(data[name] ?? ''))
}
