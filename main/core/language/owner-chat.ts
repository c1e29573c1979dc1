import type { Language } from '../engines/engine.ts'

/** What the owner reads in a chat of their own where cards are answered. */
const texts = {
  paired: {
    es: 'Listo: este chat es ahora el de la tienda «{shop}». Aquí llegan las preguntas que no sé contestar a los clientes.\n\n/cards enseña las que esperan · /stop desconecta este chat',
    en: 'Done: this chat now belongs to the shop “{shop}”. The questions that I cannot answer for customers arrive here.\n\n/cards shows the ones that wait · /stop disconnects this chat',
  },
  unpaired: {
    es: 'Desconectado: aquí ya no llegan preguntas. Para volver, pide un código nuevo en Mostrador.',
    en: 'Disconnected: no more questions arrive here. To come back, get a new code in Mostrador.',
  },
  card: {
    es: '❓ #{seq} · {name} pregunta:\n«{question}»\n\nResponde a este mensaje y se lo digo.',
    en: '❓ #{seq} · {name} asks:\n“{question}”\n\nReply to this message and I will pass it on.',
  },
  list: { es: 'Esperan respuesta:\n{cards}', en: 'Waiting for an answer:\n{cards}' },
  list_line: { es: '#{seq} · {name}: «{question}»', en: '#{seq} · {name}: “{question}”' },
  list_more: { es: '… y {count} más en Mostrador.', en: '… and {count} more in Mostrador.' },
  list_help: {
    es: 'Para contestar: responde al mensaje de la pregunta, o escribe #{seq} y la respuesta.',
    en: 'To answer: reply to the message with the question, or write #{seq} and the answer.',
  },
  none_open: { es: 'No hay ninguna pregunta esperando.', en: 'No question is waiting.' },
  which: {
    es: 'Hay varias preguntas esperando. ¿A cuál contestas?\n{cards}\n\nResponde a su mensaje, o escribe #{seq} y la respuesta.',
    en: 'Several questions are waiting. Which one do you mean?\n{cards}\n\nReply to its message, or write #{seq} and the answer.',
  },
  which_yes: {
    es: '¿Es por lo de guardar la respuesta o para la pregunta #{seq}? Responde al mensaje que sea, o escribe #{seq} y la respuesta.',
    en: 'Is that about keeping the answer or for question #{seq}? Reply to the message you mean, or write #{seq} and the answer.',
  },
  not_told_yet: {
    es: 'Hay una pregunta esperando:\n{cards}\n\nSi es para esa, escribe #{seq} y la respuesta.',
    en: 'One question is waiting:\n{cards}\n\nIf you mean that one, write #{seq} and the answer.',
  },
  no_such: { es: 'No hay ninguna pregunta #{seq}.', en: 'There is no question #{seq}.' },
  already: { es: 'La #{seq} ya está contestada: «{answer}»', en: '#{seq} was answered already: “{answer}”' },
  dismissed: { es: 'La #{seq} ya está cerrada.', en: '#{seq} is closed already.' },
  answered: { es: '✅ #{seq}: se lo he dicho a {names}.', en: '✅ #{seq}: I have told {names}.' },
  answered_held: {
    es: '✅ #{seq}: guardada. Esa conversación la lleva ahora una persona, así que no le he escrito yo.',
    en: '✅ #{seq}: noted. A person has that conversation now, so I have not written there myself.',
  },
  offer_product: {
    es: '¿Añado «{name}» al catálogo por {price}? (sí/no)',
    en: 'Shall I add “{name}” to the catalog for {price}? (yes/no)',
  },
  offer_knowledge: {
    es: '¿Guardo esta respuesta para cuando lo pregunte alguien más? (sí/no)',
    en: 'Shall I keep this answer for whoever asks next? (yes/no)',
  },
  kept_product: { es: 'Añadido al catálogo: {name}, {price}.', en: 'Added to the catalog: {name}, {price}.' },
  kept_knowledge: {
    es: 'Guardado en lo que sabe la tienda.',
    en: 'Kept in what the shop knows.',
  },
  kept_already: { es: 'Eso ya estaba guardado.', en: 'That was kept already.' },
  not_kept: { es: 'De acuerdo, no la guardo.', en: 'All right, I will not keep it.' },
  words_only: {
    es: 'Aquí solo entiendo texto. Escribe la respuesta con palabras.',
    en: 'I only understand text here. Please write the answer in words.',
  },
  call: {
    es: '🔔 {name}: {reason}.\n«{words}»\n\nResponde a este mensaje y se lo envío tal cual. Con «listo» vuelvo a llevar yo la conversación.',
    en: '🔔 {name}: {reason}.\n“{words}”\n\nReply to this message and I will send it on as it is. With “done” I take the conversation back.',
  },
  call_asked: { es: 'quiere hablar con una persona', en: 'wants to talk to a person' },
  call_complaint: { es: 'tiene una queja', en: 'has a complaint' },
  call_not_understood: { es: 'no consigo entenderle', en: 'I do not understand what is wanted' },
  call_appointment: { es: 'quiere concertar una cita', en: 'wants to make an appointment' },
  call_order: { es: 'necesita ayuda con un pedido', en: 'needs help with an order' },
  call_turn_failed: { es: 'no he podido contestar', en: 'I could not answer' },
  call_ceiling: {
    es: 'he llegado al tope de mensajes de hoy',
    en: 'I have reached the most messages for today',
  },
  call_not_delivered: { es: 'no ha recibido mi respuesta', en: 'has not received my reply' },
  call_not_sent: {
    es: 'un mensaje para este cliente esperó demasiado y no ha salido; mira si todavía vale',
    en: 'a message for this customer waited too long and has not left; see whether it still holds',
  },
  call_voice_note: { es: 'ha enviado una nota de voz', en: 'has sent a voice message' },
  call_loop: { es: 'parece otro contestador automático', en: 'seems to be another machine' },
  call_other: { es: 'necesita a una persona', en: 'needs a person' },
  call_passed_on: {
    es: 'Se lo envío a {name}. Para decirle algo más, responde a este mensaje; con «listo» sigo yo.',
    en: 'I am sending it to {name}. To say more, reply to this message; with “done” I go on.',
  },
  call_back: {
    es: 'De acuerdo: vuelvo a llevar yo la conversación con {name}.',
    en: 'All right: I have the conversation with {name} again.',
  },
  sent_photo: { es: 'una foto', en: 'a photo' },
  sent_voice: { es: 'una nota de voz', en: 'a voice message' },
  sent_document: { es: 'un documento', en: 'a document' },
  sent_location: { es: 'una ubicación', en: 'a location' },
  sent_file: { es: 'un archivo', en: 'a file' },
  refused: {
    es: 'Eso no lo he podido hacer ({code}). Hazlo desde Mostrador.',
    en: 'I could not do that ({code}). Please do it in Mostrador.',
  },
} as const

export type OwnerTextKey = keyof typeof texts

/** A text for the owner's chat; `{names}` are filled in as they come. */
export function ownerSay(
  language: Language,
  key: OwnerTextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

const callReasons = [
  'asked',
  'complaint',
  'not_understood',
  'appointment',
  'order',
  'turn_failed',
  'ceiling',
  'not_delivered',
  'not_sent',
  'voice_note',
  'loop',
] as const

/** Whether there are words of its own for why an owner is called. */
export function isCallReason(reason: string): reason is (typeof callReasons)[number] {
  return callReasons.some((known) => known === reason)
}
