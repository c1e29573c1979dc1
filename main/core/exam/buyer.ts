import type { Language } from '../engines/engine.ts'
import type { Buyer } from './exam.ts'
import { sentencesOf } from './figure-check.ts'
import { wordsOf } from './shop-figures.ts'

/** Exchanges after which a customer who gets no order placed gives up. */
export const mostExchanges = 12

type Slot = 'method' | 'address' | 'place' | 'name' | 'phone' | 'payment' | 'slot' | 'more'

const asks: readonly [Slot, RegExp][] = [
  [
    'method',
    /(?:domicilio|envi\w+|reparto|entreg\w+).*(?:recog\w+|recoj\w+|retir\w+)|(?:recog\w+|recoj\w+|retir\w+).*(?:domicilio|envi\w+|reparto)|deliver\w*.*(?:pick|collect)|(?:pick|collect)\w*.*deliver|metodo de entrega|how would you like to (?:receive|get)/,
  ],
  ['address', /\bdireccion|\bcalle\b|a donde|adonde|\baddress|\bstreet\b|where (?:should|shall|do|to|would)/],
  [
    'place',
    /poblacion|\bbarrio|localidad|\bciudad|\bzona\b|municipio|\btown\b|\barea\b|post ?code|\bcity\b|neighbo/,
  ],
  ['name', /\bnombre|quien (?:lo|la|va|recoge)|\bname\b|who (?:is|will|should)/],
  ['phone', /telefono|\bmovil\b|\bphone\b|mobile|contact number/],
  ['payment', /\bpag(?:ar|o|as|a|aras?|ues?)\b|\bpay(?:ing|ment)?\b/],
  [
    'slot',
    /cuando te|cuando (?:lo|la) (?:quieres|prefieres)|franja|que horario|what time|which (?:slot|time)|when (?:would|should|do) you/,
  ],
  ['more', /(?:algo|alguna cosa) mas|anything else|something else|add anything/],
]
const confirm =
  /\bconfirm\w*|todo (?:bien|correcto|ok)|(?:es|esta) (?:todo )?correcto|de acuerdo|lo tramito|hago el pedido|registro|is (?:that|this|everything|it all) (?:right|correct|ok)|(?:shall|should|may|can) i (?:place|go ahead|proceed|order)|place the order|go ahead|proceed|looks? (?:good|right)/

const words: Record<Language, Record<'delivery' | 'pickup' | 'yes' | 'slot' | 'order' | 'noMore', string>> = {
  es: {
    delivery: 'A domicilio, por favor',
    pickup: 'Lo recojo en la tienda',
    yes: 'Sí, confirmo',
    slot: 'La primera que haya',
    order: 'Quiero hacer el pedido',
    noMore: 'No, eso es todo, quiero hacer el pedido',
  },
  en: {
    delivery: 'Delivery, please',
    pickup: "I'll pick it up at the shop",
    yes: 'Yes, I confirm',
    slot: 'The first one you have',
    order: "I'd like to place the order",
    noMore: "No, that's all, I'd like to place the order",
  },
}

/**
 * What a customer who wants the order placed answers: whatever is asked, in any wording, and a yes where it is put to
 * them. `stuck` counts the answers in a row in which nothing was asked that they know. Null: they give up.
 */
export function nextWords(
  answer: string,
  buyer: Buyer,
  language: Language,
  stuck: number,
): { text: string; understood: boolean } | null {
  const questions = sentencesOf(answer).filter((part) => part.includes('?'))
  const asked = wordsOf((questions.length > 0 ? questions : [answer]).join(' . '))
  const slots = new Set(asks.filter(([, pattern]) => pattern.test(asked)).map(([slot]) => slot))
  const said = words[language]
  const details = detailsFor(slots, buyer, language)
  if (details.length > 0) return { text: details.join('. '), understood: true }
  if (confirm.test(asked)) return { text: said.yes, understood: true }
  if (slots.has('more')) return { text: said.noMore, understood: true }
  if (stuck >= 3) return null
  if (stuck === 2) return { text: everything(buyer, language), understood: false }
  return { text: said.order, understood: false }
}

function detailsFor(slots: ReadonlySet<Slot>, buyer: Buyer, language: Language): string[] {
  const said = words[language]
  const { address } = buyer
  const details: string[] = []
  if (slots.has('method')) details.push(address === null ? said.pickup : said.delivery)
  if (slots.has('address') && !slots.has('method'))
    details.push(address === null ? said.pickup : `${address.street}, ${address.place}`)
  else if (slots.has('place') && !slots.has('method'))
    details.push(address === null ? said.pickup : address.place)
  if (slots.has('name')) details.push(buyer.name)
  if (slots.has('phone')) details.push(buyer.phone)
  if (slots.has('payment')) details.push(buyer.payment)
  if (slots.has('slot')) details.push(said.slot)
  return details
}

function everything(buyer: Buyer, language: Language): string {
  const said = words[language]
  const { address } = buyer
  const to = address === null ? said.pickup : `${said.delivery}, ${address.street}, ${address.place}`
  return language === 'es'
    ? `Quiero hacer el pedido. ${to}. Soy ${buyer.name}, mi teléfono es ${buyer.phone}, pago con ${buyer.payment}`
    : `I'd like to order. ${to}. My name is ${buyer.name}, my phone is ${buyer.phone}, paying by ${buyer.payment}`
}
