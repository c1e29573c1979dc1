import type { KnownPersonalData } from '../engines/engine.ts'
import type { PromptMessage } from '../engines/prompted/prompt.ts'
import { readCheckoutDetails } from '../understanding/checkout-details.ts'

/**
 * Names and addresses that customers tell in this conversation, read as the shop's own checkout reads them: also bare
 * ones, where a phone stands beside them or the shop had asked.
 */
export function toldData(messages: readonly PromptMessage[]): KnownPersonalData {
  const names = new Set<string>()
  const addresses = new Set<string>()
  let asked = false
  for (const message of messages) {
    if (message.role === 'assistant') asked = asksForContact.test(message.text)
    if (message.role !== 'user') continue
    for (const text of customersWords(message.text)) {
      const open = asked || someNumber.test(text)
      const sent = sending.test(text)
      const { name, address } = readCheckoutDetails(text, {
        open: open || sent,
        asked: asked ? ['name', 'address'] : [],
        payments: [],
      })
      // "soy Ana. Envíalo a …": a new sentence is no surname.
      const alone = name?.replace(/[.!?,;:]\s[\s\S]*$/, '') ?? ''
      if (alone !== '' && !aboutGoods.test(alone)) names.add(alone)
      if (address === null || !/\d/.test(address) || aboutGoods.test(address)) continue
      // Unasked and without a phone, words such as "plaza" and "tv" are rather goods, and a number is rather an amount.
      if (open || (sent && houseAndStreet.test(address))) addresses.add(address)
    }
  }
  return { names: [...names], phones: [], emails: [], addresses: [...addresses], nationalIds: [] }
}

const asksForContact =
  /(?:nombre|direcci[oó]n|calle|tel[eé]fono|contacto|name|address|street|phone)[^?\n]{0,80}\?/i
/** Digits enough for a phone. */
const someNumber = /\d(?:[ .()/-]{0,2}\d){7,}/
const sending =
  /(?<!\p{L})(?:domicilio|reparto|env[ií]\p{L}*|m[aá]nd\p{L}+|despach\p{L}+|entreg\p{L}+|ll[eé]v\p{L}+|deliver\p{L}*|ship\p{L}*|send)(?!\p{L})/iu
/** A name and a number of three digits, or one with a floor or a door. */
const houseAndStreet =
  /^\p{L}[^\d]*\s(?:\d{3,5}(?!\d)|\d{1,5}[\s,]+(?:\d{1,2}\s?[ºª°]|piso|int|dep|apt|apto|puerta|pta|casa|#))/iu
const aboutGoods = /€|\$|£|\b(?:euros?|pesos?|d[oó]lar\w*|pounds?|dollars?|quid|unidades|units|talla|size)\b/i

/** Texts of customers in a message; a message without marks is one. */
function customersWords(text: string): string[] {
  const marked = [...text.matchAll(/<customer_message[^>]*>\n([\s\S]*?)\n<\/customer_message>/g)]
  return marked.length === 0 ? [text] : marked.map((match) => match[1] ?? '')
}
