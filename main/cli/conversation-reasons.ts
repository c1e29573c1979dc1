import type { CliLanguage } from './texts.ts'

/** Why a conversation is not with the assistant, or came back to it by itself. */
const reasons = {
  asked: { es: 'pidió hablar con una persona', en: 'asked for a person' },
  complaint: { es: 'tiene una queja', en: 'has a complaint' },
  not_understood: { es: 'el asistente no le entendió', en: 'the assistant did not understand' },
  appointment: { es: 'quiere una cita', en: 'wants an appointment' },
  order: { es: 'quiere cerrar un pedido', en: 'wants to place an order' },
  other: { es: 'necesita a una persona', en: 'needs a person' },
  turn_failed: { es: 'la respuesta falló varias veces', en: 'the reply failed several times' },
  not_delivered: { es: 'el canal no aceptó un mensaje', en: 'the channel refused a message' },
  not_sent: {
    es: 'un mensaje esperó demasiado y no salió',
    en: 'a message waited too long and did not leave',
  },
  ceiling: { es: 'se llegó al máximo de hoy', en: 'the most for today was reached' },
  voice_note: { es: 'mandó una nota de voz', en: 'sent a voice note' },
  known_before: { es: 'el chat ya existía', en: 'the chat was there before' },
  owner_wrote_first: { es: 'escribiste tú primero', en: 'you wrote first' },
  scope: { es: 'fuera del alcance del canal', en: 'outside the scope of the channel' },
  never: { es: 'no se le contesta nunca', en: 'never to be answered' },
  group: { es: 'es un grupo', en: 'is a group' },
  opted_out: { es: 'no quiere respuestas automáticas', en: 'wants no automatic replies' },
  taken: { es: 'la tomó alguien', en: 'somebody took it' },
  wrote: { es: 'escribió alguien de la tienda', en: 'somebody of the shop wrote' },
  wrote_outside: { es: 'escrito desde el teléfono', en: 'written on the phone' },
  draft_sent: { es: 'se envió un borrador', en: 'a draft was sent' },
  assigned: { es: 'asignada', en: 'assigned' },
  paused: { es: 'alguien la puso en pausa', en: 'somebody paused it' },
  returned: { es: 'volvió sola', en: 'came back by itself' },
  ceiling_over: {
    es: 'volvió sola: el máximo ya no la detiene',
    en: 'came back by itself: the limit holds it no longer',
  },
  loop_bot: { es: 'escribe otro bot', en: 'another bot writes' },
  loop_repeats: { es: 'se repite el mismo mensaje', en: 'the same message keeps coming' },
  loop_echo: { es: 'le devuelven sus respuestas', en: 'its own replies come back' },
  loop_pace: { es: 'llegan demasiados mensajes seguidos', en: 'messages come too fast' },
  erased: { es: 'datos borrados', en: 'data erased' },
} as const satisfies Record<string, Record<CliLanguage, string>>

/** In words; the code itself where there are none. Scripts read the code. */
export function reasonText(code: string, language: CliLanguage): string {
  const known = Object.entries(reasons).find(([reason]) => reason === code)
  return known === undefined ? code : known[1][language]
}
