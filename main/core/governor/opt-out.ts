import { fold } from '../understanding/normalise.ts'

/**
 * Words with which customers ask not to be answered automatically any more, or to be answered again. Only a whole message
 * counts, never a word inside one: "quiero la mesa baja" is about a table.
 */

const out = [
  /^(?:baja|stop|unsubscribe|opt ?out)$/,
  /^(?:quiero|quisiera|deseo|necesito|solicito|me gustaria)? ?(?:darme|dame|denme|deme|dadme|dar(?:se)?|date|me doy|me quiero dar) de baja$/,
  /^baja (?:ya|del? (?:servicio|bot|chat|lista|asistente|mensajes))$/,
  /^(?:ya )?no (?:me|nos) (?:escrib(?:as|a|an|ais)|contact(?:es|e|en|eis)|molest(?:es|e|en|eis))(?: (?:mas|nada|ya|nunca mas))?(?: mensajes)?$/,
  /^(?:ya )?no (?:me|nos) (?:mand(?:es|e|en|eis)|envi(?:es|e|en|eis))(?: mas)? mensajes?(?: mas)?(?: automaticos?)?$/,
  /^(?:por favor )?(?:deja|deje|dejen|dejad|para|pare|paren) (?:ya )?de (?:escribirme|escribirnos|mandarme mensajes|enviarme mensajes|molestarme|molestar|contactarme)$/,
  /^(?:ya )?no quiero (?:(?:recibir )?(?:mas )?(?:mensajes?|respuestas|notificaciones)(?: automatic[oa]s?)?|que me escrib(?:as|a|an|ais)(?: mas)?)$/,
  /^(?:quiero )?(?:dejar de|no) recibir (?:mas )?(?:mensajes?|respuestas)(?: automatic[oa]s?)?$/,
  /^(?:stop|quit) (?:it|now|all|messages|messaging(?: me)?|texting(?: me)?|writing(?: to)?(?: me)?|contacting me)$/,
  /^(?:do not|dont|don t|never) (?:write(?: to)?|message|text|contact) me(?: again| any ?more)?$/,
  /^(?:i (?:want|would like) to |id like to |i d like to |please )?(?:unsubscribe|opt out)(?: me)?$/,
  /^no more (?:automatic )?(?:messages|texts|replies)$/,
] as const

const back = [
  /^(?:alta|start|unstop|subscribe|resume)$/,
  /^(?:quiero |quisiera )?(?:darme|dame|deme|denme) de alta(?: (?:otra vez|de nuevo))?$/,
] as const

/** Said around the wish: "STOP, por favor. Gracias". */
const politeness =
  /^(?:hola|buenas(?: tardes| noches)?|buenos dias|por favor|porfa|porfavor|gracias|muchas gracias|ok|hello|hi|please|thanks|thank you)(?: |$)|(?:^| )(?:por favor|porfa|porfavor|gracias|muchas gracias|please|thanks|thank you)$/

/**
 * What a whole message asks for; null for everything else. `lastReply`: what the shop said last, so that "baja" as the
 * answer to "¿alta o baja?" stays an answer.
 */
export function optOutWish(text: string, lastReply = ''): 'out' | 'back' | null {
  const words = bare(text)
  if (words === '' || words.length > 60) return null
  if (/^(?:baja|alta)$/.test(words) && offersHeight(lastReply) && text.trim() !== text.trim().toUpperCase())
    return null
  if (out.some((wish) => wish.test(words))) return 'out'
  return back.some((wish) => wish.test(words)) ? 'back' : null
}

/** A question whose answer could be one of the two words. The shop's own notices write them in capitals. */
function offersHeight(reply: string): boolean {
  return /(?<!\p{L})(?:alta|baja)s?(?!\p{L})/u.test(reply)
}

function bare(text: string): string {
  // A question is never the wish: "¿stop?" asks for a product.
  if (/[?¿]/.test(text)) return ''
  let words = fold(text)
    .replace(/^\/(?=\p{L})/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  for (;;) {
    const shorter = words.replace(politeness, ' ').replace(/\s+/g, ' ').trim()
    if (shorter === words || shorter === '') return words
    words = shorter
  }
}
