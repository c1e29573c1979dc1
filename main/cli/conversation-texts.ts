import type { CliLanguage } from './texts.ts'

/** What the command line says of conversations. */
const words = {
  none: { es: 'No hay conversaciones así.', en: 'There are no such conversations.' },
  bot: { es: 'asistente', en: 'assistant' },
  person: { es: 'persona', en: 'person' },
  paused: { es: 'en pausa', en: 'paused' },
  taken: {
    es: 'La conversación con {name} es ahora tuya: el asistente se calla.',
    en: 'The conversation with {name} is yours now: the assistant is silent.',
  },
  sent: { es: 'Enviado a {name}.', en: 'Sent to {name}.' },
  leaving: { es: 'En camino a {name}.', en: 'On its way to {name}.' },
  waits: {
    es: 'Guardado para {name}: sale en cuanto el canal esté conectado.',
    en: 'Kept for {name}: it leaves as soon as the channel is connected.',
  },
  waitsForApp: {
    es: 'Guardado para {name}: Mostrador no está abierto ahora; sale cuando lo abras (o con «serve»).',
    en: 'Kept for {name}: Mostrador is not running now; it leaves when you open it (or with "serve").',
  },
  unknown: {
    es: 'No se sabe si ha llegado a {name}. Míralo en el teléfono antes de repetirlo.',
    en: 'It is not known whether it reached {name}. Look at the phone before you send it again.',
  },
  failed: { es: 'No ha podido enviarse a {name}.', en: 'It could not be sent to {name}.' },
  handedBack: {
    es: 'El asistente vuelve a llevar la conversación con {name}.',
    en: 'The assistant has the conversation with {name} again.',
  },
  handedBackForLater: {
    es: 'El asistente lleva la conversación con {name} desde que abras Mostrador.',
    en: 'The assistant has the conversation with {name} from when you open Mostrador.',
  },
  noted: { es: 'Nota guardada.', en: 'Note kept.' },
  done: { es: 'Resuelta: {name}.', en: 'Done: {name}.' },
  reopened: { es: 'Abierta otra vez: {name}.', en: 'Open again: {name}.' },
  assigned: { es: '{name}: asignada a {person}.', en: '{name}: assigned to {person}.' },
  unassigned: { es: '{name}: sin asignar.', en: '{name}: assigned to nobody.' },
  never: {
    es: 'El asistente no contestará nunca a {name}.',
    en: 'The assistant will never answer {name}.',
  },
  asRules: {
    es: 'El asistente contesta a {name} según las reglas del canal.',
    en: 'The assistant answers {name} as the rules of the channel say.',
  },
  customer: { es: 'cliente', en: 'customer' },
  agent: { es: 'asistente', en: 'assistant' },
  shop: { es: 'tienda', en: 'shop' },
  system: { es: 'aviso', en: 'notice' },
  note: { es: 'nota', en: 'note' },
} as const

export function sayOfConversations(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, string> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => data[name] ?? '')
}
