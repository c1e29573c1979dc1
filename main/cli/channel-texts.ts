import type { ChannelState } from '../../preload/contract/index.ts'
import type { ChannelEvent } from './channel-events.ts'
import { type CliLanguage, errorText } from './texts.ts'

/** What the command line says of messengers. */
const words = {
  risk: {
    es: 'WhatsApp no permite asistentes no oficiales como este. Puede bloquear el número, a veces sin aviso y para siempre. Usa un número de la tienda, no el tuyo personal; Mostrador solo contesta a quien escribe primero y lo hace despacio, pero eso no es una garantía.',
    en: 'WhatsApp does not permit unofficial assistants such as this one. It may block the number, sometimes without a warning and for good. Use a number of the shop and not your own; Mostrador answers only who wrote first, and slowly, but that is no guarantee.',
  },
  riskQuestion: { es: '¿Conectarlo de todas formas? (s/N) ', en: 'Connect it all the same? (y/N) ' },
  added: {
    es: 'WhatsApp añadido ({id}). Para ver el código que hay que escanear: channel watch',
    en: 'WhatsApp added ({id}). To see the code to scan: channel watch',
  },
  serving: {
    es: 'Mostrador atiende la tienda mientras esto esté abierto. Para pararlo: Ctrl+C',
    en: 'Mostrador serves the shop as long as this is open. To stop it: Ctrl+C',
  },
  scan: {
    es: 'En el teléfono: WhatsApp › Ajustes › Dispositivos vinculados › Vincular un dispositivo. Escanea este código:',
    en: 'On the phone: WhatsApp › Settings › Linked devices › Link a device. Scan this code:',
  },
  stopped: { es: 'parado', en: 'stopped' },
  connecting: { es: 'conectando', en: 'connecting' },
  connecting_browser: { es: 'conectando: abriendo el navegador', en: 'connecting: opening the browser' },
  connecting_page: { es: 'conectando: cargando la página', en: 'connecting: loading the page' },
  connecting_syncing: {
    es: 'conectando: recibiendo los mensajes',
    en: 'connecting: messages are being fetched',
  },
  connecting_code: { es: 'conectando: esperando un código', en: 'connecting: waiting for a code' },
  pairing: { es: 'esperando a que se escanee el código', en: 'waits for the code to be scanned' },
  ready: { es: 'listo', en: 'ready' },
  ready_as: { es: 'listo: {name} {number}', en: 'ready: {name} {number}' },
  logged_out: {
    es: 'desconectado: la sesión se cerró en el teléfono. Hay que escanear otra vez.',
    en: 'disconnected: the session was ended on the phone. It has to be scanned again.',
  },
  unreachable: {
    es: 'desconectado: no se llega al otro lado. Se sigue intentando.',
    en: 'disconnected: the other side cannot be reached. It is being tried again.',
  },
  rate_limited: {
    es: 'en espera: la plataforma pide ir más despacio.',
    en: 'waiting: the platform asks to go slower.',
  },
  storage: {
    es: 'en espera: no se puede guardar lo que llega. ¿Está lleno el disco?',
    en: 'waiting: what arrives cannot be stored. Is the disk full?',
  },
  browser_died: {
    es: 'desconectado: el navegador se ha cerrado. Se abre otra vez.',
    en: 'disconnected: the browser has ended. It is opened again.',
  },
  restarting: {
    es: 'desconectado: la página ha dejado de responder. Se abre otra vez.',
    en: 'disconnected: the page has stopped answering. It is opened again.',
  },
  conflict: {
    es: 'abierto en otro sitio. Para usarlo aquí: channel use-here {channel}',
    en: 'opened elsewhere. To use it here: channel use-here {channel}',
  },
  duplicate: {
    es: 'rechazado: ese número ya está conectado en esta tienda.',
    en: 'refused: this number is connected to this shop already.',
  },
  refused: { es: 'rechazado', en: 'refused' },
  removed: { es: 'quitado', en: 'removed' },
  risk_low: { es: 'riesgo de bloqueo: bajo', en: 'risk of being blocked: low' },
  risk_raised: { es: 'riesgo de bloqueo: mayor de lo normal', en: 'risk of being blocked: raised' },
  risk_high: { es: 'riesgo de bloqueo: alto', en: 'risk of being blocked: high' },
} as const satisfies Record<string, Record<CliLanguage, string>>

type Key = keyof typeof words

export function sayOfChannels(
  key: Key,
  language: CliLanguage,
  data: Record<string, string | null> = {},
): string {
  const text = words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => data[name] ?? '')
  return text.trimEnd()
}

/** A state in a cell of a list. */
export function stateText(state: ChannelState, language: CliLanguage): string {
  switch (state.state) {
    case 'connecting':
      return sayOfChannels(state.step === undefined ? 'connecting' : `connecting_${state.step}`, language)
    case 'waiting':
      return sayOfChannels(
        known(state.reason === 'restarting' ? (state.detail ?? '') : state.reason),
        language,
      )
    case 'refused':
      if (state.reason === 'browser') return errorText(state.detail ?? 'browser.not_found', {}, language)
      if (state.reason === 'token') return errorText('channel.token_refused', {}, language)
      return sayOfChannels(state.reason, language, { channel: '<id>' })
    default:
      return sayOfChannels(state.state, language)
  }
}

/** A change as a sentence; a code to scan is drawn and has none. */
export function eventText(event: ChannelEvent, language: CliLanguage): string | null {
  switch (event.event) {
    case 'qr':
      return null
    case 'connecting':
      return sayOfChannels(event.step === null ? 'connecting' : `connecting_${event.step}`, language)
    case 'ready':
      return sayOfChannels('ready_as', language, { name: event.name, number: event.number })
    case 'disconnected':
      // The line about it follows.
      return event.reason === 'conflict' ? null : sayOfChannels(known(event.reason), language)
    case 'browser_missing':
      return errorText(event.code, {}, language)
    case 'risk':
      return sayOfChannels(`risk_${event.level}`, language)
    default:
      return sayOfChannels(event.event, language, { channel: event.channel })
  }
}

/** Reasons without a sentence of their own are all alike to who reads them. */
function known(reason: string): Key {
  const own = ['logged_out', 'unreachable', 'rate_limited', 'storage', 'browser_died', 'conflict', 'stopped']
  // A member of the list is a key of the texts.
  return own.includes(reason) ? (reason as Key) : 'restarting'
}
