import { isUnqualifiedYes } from '../../understanding/confirmation.ts'
import { fold } from '../../understanding/normalise.ts'
import type { Understanding } from '../../understanding/service.ts'
import { isFirm } from './checkout-reading.ts'
import type { Dialogue } from './state.ts'

/** What a customer wants of an order that was placed before. */
export type OrderWish =
  | { kind: 'cancel'; number: string | null }
  | { kind: 'cancel_answer'; yes: boolean }
  | { kind: 'status'; number: string | null }
  | { kind: 'repeat' }
  | { kind: 'paid' }
  | { kind: 'change' }

const cancel =
  /\b(?:cancel\w*|anul\w*)\b[^.?!\n]{0,30}\b(?:pedidos?|ordene?s?|compras?|encargos?|orders?|purchase)\b|\b(?:call off|stop) (?:my|the) order\b|\b(?:ya )?no quiero (?:ya )?(?:el|mi) pedido\b|\bi (?:do not|don'?t) want (?:the|my) order\b/
/** Cancels what was just spoken of. */
const cancelIt =
  /\b(?:cancel|anul)(?:ar|a|e|en|ad)?(?:me|te)?l[oa]s?\b|\b(?:quiero|puedo|podria|me gustaria|hay que|se puede|necesito) (?:cancelar|anular)\b|\bcancel (?:it|that|this)\b|\b(?:i(?:'d like| want) to|can i|please) cancel\b/
/** Lets go of the order that is being made. */
const dropIt =
  /^\W*(?:(?:no|nah|uy|ay|bueno|mejor|pues|perdon[ae]?|sorry|actually|mmm|hmm|ok|vale),?\s+)*(?:dej[ae]l[oa]|dejemoslo|olvid[ae]l[oa]|olvidate|olvidemoslo|cancel(?:a|ar|e|ado|o|emos)?|anul(?:a|ar|e|o)|ya no(?: (?:l[oa]s?|nada|me))?(?: (?:quiero|interesa|hace falta))?(?: nada)?|no quiero (?:ya )?nada|me arrepenti|he cambiado de (?:idea|opinion)|cambie de (?:idea|opinion)|never ?mind|forget (?:it|about it)|(?:i )?(?:do not|don'?t|no longer) want (?:it|them|anything|this)(?: anymore| any more| now)?|leave it|cancel|i(?:'ve| have)? changed my mind|not interested(?: anymore)?)(?:\s+(?:todo|all|everything|then|entonces|por favor|porfa|please|gracias|thanks|thank you|ya|por ahora|for now|sorry|perdon))*\W*$/
/** Words around a cancellation that name nothing of the cart. */
const ofCancelling =
  /^(?:cancel\w*|anul\w*|pedidos?|ordene?s?|compras?|encargos?|orders?|purchases?|carrito|basket|cart|equivo\w*|arrepent\w*|mind|idea|opinion|todo|all|everything)$/
const repeat =
  /\b(?:otra vez lo mismo|lo mismo otra vez|same (?:thing )?again|the same again)\b|\b(?:repetir|repite|repita|repeti|repitame|repiteme|repitamos|volver a (?:pedir|hacer))\b[^.?!\n]{0,25}\b(?:pedido|compra|orden|lo mismo|encargo)\b|\blo mismo (?:de|que) (?:la (?:otra|ultima) vez|siempre|antes|la vez pasada|el otro dia|mi ultimo pedido)\b|\b(?:el|mi) mismo pedido\b|\b(?:repeat|redo) (?:my|the) (?:last |previous )?order\b|\breorder\b|\bsame (?:order|thing|again)?\s*(?:as|like) (?:last time|before)\b|\bsame order again\b|\border the same (?:again|thing)\b/
const thing = String.raw`(?:pedido|orden|compra|encargo|paquete|envio|order|parcel|package|delivery)`
const status = new RegExp(
  [
    String.raw`\bcomo (?:va|esta|sigue|viene|anda)\b[^.?!\n]{0,15}\b${thing}\b`,
    String.raw`\b(?:donde|por donde) (?:esta|anda|va|viene|quedo)\b[^.?!\n]{0,15}\b${thing}\b`,
    String.raw`\b(?:estado|seguimiento|status) (?:de|del|of) [^.?!\n]{0,12}\b${thing}\b|\border status\b`,
    String.raw`\b(?:cuando|a que hora|que dia) [^.?!\n]{0,25}\b(?:mi|el) ${thing}\b(?! minimo)`,
    String.raw`\b(?:ya )?(?:ha salido|salio|han enviado|habeis enviado|enviaron|mandaron|habeis mandado|enviasteis|han mandado|llego|esta listo|esta preparado|recibisteis|recibieron|habeis recibido|han recibido|te llego|les llego|os llego)\b[^.?!\n]{0,12}\bmi ${thing}\b|\bmi ${thing}\b[^.?!\n]{0,12}\b(?:ya )?(?:ha salido|salio|esta listo|esta lista|va en camino|ha llegado|llego)\b`,
    String.raw`\b(?:where(?:'?s| is)|how(?:'?s| is)|what(?:'?s| is) happening (?:with|to)|any (?:news|update)s? (?:on|about|of)|track|when (?:will|is|does)|has|is|did you (?:get|receive|send|ship)) [^.?!\n]{0,10}\bmy ${thing}\b`,
  ].join('|'),
)
/** Asks on about the order that was just spoken of. */
const statusAgain =
  /\bcomo (?:va|sigue|esta|anda)\b(?! (?:usted|todo|tu dia))|\b(?:alguna )?novedad\w*\b|\bsigue igual\b|\bya (?:salio|ha salido|lo (?:enviaron|mandaron|habeis enviado|han enviado)|llega|esta listo)\b|\b(?:cuando|que dia|a que hora) (?:me )?(?:lo |la |los |las )?(?:llega\w*|traen|entregan|recibo|mandan|envian|enviais|recojo|puedo recoger\w*)\b|\bcuanto (?:tiempo )?(?:tarda|demora|falta)\w*\b|\bany (?:news|updates?)\b|\bwhen (?:will|does|do) (?:it|they|i)\b|\bhow long\b|\bhas it (?:shipped|left|been sent)\b/
const paid =
  /\b(?:ya|acabo de|te acabo de|ya te|ya le)\s+(?:he |hice |hago |hacer(?:te|le)? |mande |envie |esta |esta hecha |esta hecho )?(?:el |la |un |una )?(?:pague|pagado|pagada|pague|bizum|transferencia|pago|deposito|transferi|transferido|deposite)\b|\b(?:te|le|os) (?:hice|he hecho|mande|envie|paso|envio|mando|adjunto) (?:ya )?(?:el|la|un) (?:bizum|transferencia|pago|comprobante|justificante|deposito|recibo)\b|\b(?:comprobante|justificante) (?:de|del) (?:pago|transferencia|bizum|deposito)\b|\b(?:i(?:'ve| have)?|just|already) (?:just |already )?(?:paid|transferred|sent the (?:money|payment|transfer))\b|\bpayment (?:is )?(?:sent|done|made)\b/
const change =
  /\b(?:cambi\w*|modific\w*|anad\w*|agreg\w*|corrig\w*|correg\w*|change|modify|add|edit|amend)\b[^.?!\n]{0,40}\b(?:a|al|de|del|en|to|on|in|for)? ?(?:mi|el|ese|este|my|the|that|this) (?:pedido|orden|compra|encargo|order)\b|\b(?:change|edit|amend|modify) (?:my|the) order\b/

/** Whether an order was placed or spoken of a few replies ago, and none is being made. */
function speaksOfOrder({ orderSpokenAt, turns, checkout, touched }: Dialogue): boolean {
  return orderSpokenAt !== null && turns - orderSpokenAt < 6 && checkout === null && touched === null
}

/** The number of an order in a folded text. */
function numberIn(text: string): string | null {
  return (
    /(?:#|\bn[o.º°]*\s?|\bnumero |\bpedido |\border |\borden |\bnumber )\s*((?:[a-z]{1,6}-?)?\d{1,8})\b/.exec(
      text,
    )?.[1] ?? null
  )
}

/** A wish about an order that exists, null when the messages wish for none. Trouble and calls for a person come first. */
export function readOrderWish(
  dialogue: Dialogue,
  messages: readonly string[],
  understood: Understanding,
): OrderWish | null {
  const text = fold(messages.join('\n')).replace(/[’´]/g, "'")
  if (
    understood.requests.some(
      ({ intent }) =>
        intent === 'complaint' || intent === 'human' || intent === 'injection' || intent === 'haggle',
    )
  )
    return null
  if (dialogue.pending?.kind === 'cancel_order') {
    const yes =
      messages.every(isUnqualifiedYes) ||
      /^\W*(?:(?:si|yes|claro|dale|vale|ok|yeah)\b[\s,.!]*)+(?:quiero )?(?:cancel\w*|anul\w*|seguro|segura|totally|sure|please|por favor)?[\s\w,]{0,15}$/.test(
        text,
      )
    if (yes) return { kind: 'cancel_answer', yes: true }
    if (/^\W*(?:no\b|nop|mejor no|dejalo|dejelo|espera|never ?mind|keep it)/.test(text))
      return { kind: 'cancel_answer', yes: false }
    if (/\b(?:cancel\w*|anul\w*)\b/.test(text) && !/\bno\b|\bdon'?t\b/.test(text))
      return { kind: 'cancel_answer', yes: true }
  }
  const making = dialogue.checkout !== null || dialogue.touched !== null || dialogue.filled
  const whole = understood.requests.every(({ phrase, options, ordinals }) =>
    [...phrase.content, ...options, ...ordinals.map(String)].every((word) => ofCancelling.test(word)),
  )
  if (dialogue.pending?.kind === 'confirm_clear' && numberIn(text) === null && cancelIt.test(text))
    return null
  const names =
    cancel.test(text) ||
    (speaksOfOrder(dialogue) && cancelIt.test(text)) ||
    (making && ((cancelIt.test(text) && whole) || (dropIt.test(text) && !isFirm(dialogue.pending))))
  if (names && !/\bno (?:quiero |lo |la )*(?:cancel|anul)|\bdon'?t cancel\b/.test(text))
    return { kind: 'cancel', number: numberIn(text) }
  if (status.test(text) || (speaksOfOrder(dialogue) && statusAgain.test(text)))
    return { kind: 'status', number: numberIn(text) }
  if (repeat.test(text)) return { kind: 'repeat' }
  if (paid.test(text) && !/\?/.test(text)) return { kind: 'paid' }
  if (change.test(text) && dialogue.checkout === null && dialogue.touched === null) return { kind: 'change' }
  return null
}
