import type { ActionKind } from './facts.ts'
import type { Fault } from './gate-check-figures.ts'
import type { Ledger } from './gate-ledger.ts'
import { type Sentence, stem } from './gate-text.ts'

/** What a statement must not be about unless the facts of the turn are: told by what its words mean together. */
interface Concept {
  reason: string
  /** All of these must stand in the sentence. */
  forms: readonly RegExp[]
  /** With one of these it means something else. */
  unless?: RegExp
  licensed: (ledger: Ledger, text: string) => boolean
}

const did =
  (...actions: ActionKind[]) =>
  (ledger: Ledger) =>
    ledger.actions.some(({ action }) => actions.includes(action))
const never = () => false
const hasOrders = (ledger: Ledger) => ledger.orders.length > 0
const hasCart = (ledger: Ledger) =>
  hasOrders(ledger) ||
  (ledger.cartTotal !== null && ledger.cartTotal.lines > 0) ||
  did('cart_added', 'cart_changed', 'cart_removed', 'cart_cleared')(ledger)
/** An order that was placed has emptied the cart. */
const inCart = (ledger: Ledger, text: string) =>
  hasCart(ledger) &&
  (ledger.cartTotal !== null ||
    !/\b(?:tu|su|your) (?:carrito|cesta|cart|basket)\b/.test(text) ||
    did('cart_added', 'cart_changed', 'cart_removed', 'cart_cleared', 'order_placed')(ledger))
const hasReduction = (ledger: Ledger) =>
  [...ledger.products.values()].some(({ prices }) => prices.some(({ role }) => role === 'compare_at')) ||
  ledger.sums.some(({ role, amount }) => role === 'discount' && amount > 0) ||
  ledger.lines.some((line) => line.topic === 'discounts' && !/\b(?:no|not|sin)\b/.test(line.text))

const helpers =
  /\b(?:duen[oa]s?|encargad[oa]s?|jef[ea]s?|responsables?|(?:el|nuestro|mi) equipo|companer[oa]s?|taller|gerente|alguien|(?:una|otra) persona|un humano|un agente|un asesor|una asesora|un compa|owners?|manager|(?:the|our|my|a) team|a (?:real )?(?:person|human)|an agent|one of us|a member of|boss|workshop|colleagues?|(?:the|our) staff|someone|supervisor|en tienda)\b/
const cartNoun = /\b(?:carrito|carro|cesta|canasta|(?:tu|su) bolsa|cart|basket|your bag)\b/
const orderNoun =
  /\b(?:(?:tu|su|el|este|la|un|nuestro) (?:pedido|compra|orden|pago|paquete|encargo)|(?:your|the|this|an?) (?:order|purchase|payment|package|parcel|shipment)|(?:order|purchase|payment|pago|pedido|compra|orden)\b(?=\W*(?:is|'s|confirm|receiv|recib|envi|hech|registr|complet|list))|todo)/
const reserveWord =
  /\b(?:reserv(?:o|amos|ad[oa]s?|e|ed|ing)|apart(?:o|amos|ad[oa]s?)|(?:dejo|dejamos|tengo|tenemos|queda|esta|te|lo|la) (?:un[oa] )?separad[oa]s?|on hold|aside|put by|put (?:one|it|them|some|that) by|by for you|kept (?:one|it|some) back|hold (?:it|one|them|that|this)|holding|(?:under|in|on|to) your name|your name on|a (?:tu|su) nombre|(?:te|se|le) (?:lo|la|los|las) guard(?:o|amos|aremos)|(?:te|le) guard(?:o|amos|aremos) un[oa])\b/

const concepts: Concept[] = [
  {
    reason: 'reserved',
    forms: [reserveWord],
    unless: /\b(?:carrito|cesta|cart|basket|set aside (?:for|as)|jokes aside|aside from)\b/,
    licensed: (ledger, text) =>
      hasOrders(ledger) && !/\b(?:un[oa]|one|otro|another|hasta|until|till)\b/.test(text),
  },
  {
    reason: 'handed_over',
    forms: [
      helpers,
      /\b(?:confirm(?:a|o|ed|s|aron)|dice|dijo|said|says|agree[ds]?|acept(?:a|o)|autoriz\w+|approv\w+|notif\w+|told|inform\w+|avis\w+|call(?:s|ed)?\b|llam\w+|contact\w+|escrib\w+|write|message|in touch|get back|repl(?:y|ies)|contest\w+|atend\w+|atiend\w+|a word with|had a word|get someone|spoken?|habl\w+|coment\w+|consult\w+|pregunt\w+|asked|check(?:ed)? with|pas(?:e|ado|o) (?:tu|su|el))\b/,
    ],
    unless: /\b(?:would need|tendria|tiene que|debe|puede|puedes|can|may|needs? to|para que)\b/,
    licensed: (ledger, text) =>
      did('handed_over', 'owner_asked')(ledger) ||
      (/\b(?:answers?|contesta|responde|atiende)\b/.test(text) &&
        ledger.lines.some((line) => line.topic === 'handoff')),
  },
  {
    reason: 'photo_sent',
    forms: [
      /\b(?:fotos?|fotografias?|imagen(?:es)?|photos?|pictures?|images?|pics?|videos?)\b/,
      /\b(?:va[n]?|envi\w+|mand(?:o|e|amos|ado|ada|adas|arte|aros)|pas(?:o|e|amos)|comparto|adjunt\w+|tienes|here|attached|sending|sent|have a look|send (?:you|it|them))\b/,
    ],
    unless:
      /\b(?:mandanos|enviame|enviamelo|mandame|mandame|manda una|envia una|tu foto|con una foto|of the list|de la lista|si (?:quieres|puedes))\b/,
    licensed: did('photo_sent'),
  },
  {
    reason: 'document_sent',
    forms: [
      /\b(?:pdf|catalogos?|catalogues?|catalogs?|folletos?|brochures?)\b/,
      /\b(?:va[n]?|envi\w+|mand(?:o|e|amos|ado|arte)|pas(?:o|e|amos)|compart\w+|adjunt\w+|tienes|dej(?:o|e|amos)|here|attached|sending|sent|send you)\b/,
    ],
    licensed: did('document_sent'),
  },
  {
    reason: 'cart',
    forms: [cartNoun],
    unless:
      /\b(?:puedo|puedes|podria|anadirlo|agregarlo|ponerlo|sumarlo|can|could|add (?:it|them|one)|put (?:it|them)|todavia no|aun no|vaci[oa]|empty)\b/,
    licensed: inCart,
  },
  {
    reason: 'order_placed',
    forms: [
      orderNoun,
      /\b(?:confirmad[oa]s?|confirmed|preparacion|list[oa]\b|hech[oa]|registrad[oa]s?|procesad[oa]s?|processed|complet\w+|finalizad\w+|on (?:its|the) way|en camino|shipped|despach(?:ad\w+|amos|ado)|sale hoy|salio|received|recibid[oa]s?|gone through|went through|through\b|placed|pagad[oa]s?|paid|enviad[oa]s?|enviamos ya|dispatched|sent out)\b/,
    ],
    unless:
      /\b(?:pedidos|orders|para confirmar|to confirm|antes de|before|minim\w+|needs?|falta\w*|pendiente|sin pagar|al recibir|por pagar|to pay|ya no|listo para|ready to|puede[ns]? ser|todo listo|todo lo|todo esta|todos)\b/,
    licensed: hasOrders,
  },
  {
    reason: 'gift',
    forms: [
      /(?<!\b(?:para|for|as|como|de|in)\s(?:un |una |a |el |la |the )?)\b(?:un|una|un[oa]s|algun|a|an|another|some|little|surprise)\s(?:\w+\s)?(?:regal(?:o|ito)s?|detalle|detallito|muestra|obsequio|sorpresa|freebie|sample|gift|present|propina)\b/,
      /\b(?:va|van|lleva\w*|llevas|inclu\w+|add|give|dam(?:os)|doy|regal\w+|tendras|get|receive|with|comes|pop|throw|meto|metemos|pongo|viene|con tu compra|por tu compra)\b/,
    ],
    unless: /\b(?:if you're after|looking for|busc\w+|wrap\w*|envol\w+|ideal|perfect|great (?:for|as))\b/,
    licensed: (ledger) =>
      ledger.lines.some((line) =>
        /\b(?:obsequi\w*|muestras? (?:gratis|de regalo)|free (?:gift|sample)s?|de regalo con)\b/.test(
          line.text,
        ),
      ),
  },
  {
    reason: 'discount',
    forms: [
      /\b(?:(?:te|le|se|os) (?:l[oa]s? )?(?:puedo |podemos |podria |puede )?(?:dej\w+|hago|hacemos|hacer|baj\w+|mejor\w+|pong\w+|doy|damos|ofre\w+)|pued[oe] (?:dejar|hacer|bajar|ofrecer|mejorar)\w*|podemos (?:dejar|hacer|bajar|ofrecer)\w*|bajo|bajamos|(?:i|we)(?:'ll| will| can| could| might|'d)? ?(?:do|drop|lower|knock|offer|give|make|take|cut|shave))\b/,
      /\b(?:(?<!los )(?:el |mejor |buen )?preci(?:o|to)\b(?! (?:exacto|final|cerrado|es|de|del|fijo)\b)|mas (?:barat|economic)\w+|rebaj\w+|descuent\w+|a mitad|mas comodo|discount|cheaper|a deal|better price|the price|slightly|a bit off|something off|a little less)\b/,
    ],
    unless: /\b(?:no|not|can't|cannot|couldn't|tampoco|sin|unable|afraid|exact\w*|presupuesto|quote)\b/,
    licensed: never,
  },
  {
    reason: 'discount',
    forms: [
      /\b(?:liquidacion|promo\w*|rebajas|black friday|ofertas?|precio de (?:costo|coste)|cost price|clearance|on sale|special offers?|bogo|get one free|loyalty|(?:sale|va|esta|llevas?) (?:a|por) (?:la )?mitad|half (?:price|off)|(?:is|are|it's) reduced)\b/,
    ],
    unless: /\b(?:no|not|sin|never|tampoco)\b/,
    licensed: hasReduction,
  },
  {
    reason: 'price_match',
    forms: [
      /\b(?:mas barat\w+|cheaper|mejor precio|better price|lowest|precio mas bajo|igual\w+ (?:el|cualquier)|match|beat)\b/,
      /\b(?:nadie|otr[oa] (?:tienda|sitio|lugar)|otro lado|en ningun|anywhere|elsewhere|somewhere else|competitor\w*|competencia|any (?:price|quote|offer)|(?:si|if) (?:l[oa]|you|it|te|le)\s?(?:\w+\s)?(?:encuentr\w+|ves|ve|ofrec\w+|find|see|spot|drops?|baja)|zona|garantiz\w+|guarantee\w*|their|theirs)\b/,
    ],
    licensed: never,
  },
  {
    reason: 'instalments',
    forms: [
      /\b(?:en (?:2|3|4|6|12|varias|varios) (?:veces|pagos|cuotas|plazos|meses)|(?:split|spread) (?:it|the (?:cost|payment))|(?:into |in )?(?:2|3|4|6|12) (?:payments|instal\w+)|half now|half later|mitad ahora|a meses\b|pagas? (?:despues|luego|mas tarde)|pay (?:later|half|next)|on credit|a credito|fiado)\b/,
    ],
    licensed: (ledger) =>
      ledger.lines.some((line) => /\b(?:cuotas|plazos|meses sin|instal\w+)\b/.test(line.text)),
  },
  {
    reason: 'few',
    forms: [
      /\b(?:muy poco stock|poco stock|(?:quedan?|left|have) (?:solo |only |just )?un par|qued(?:a|an|aba|aban) (?:ya )?(?:solo |solamente |nada mas que |apenas )?(?:un[oa]|1|un solo|una sola)\b|(?:solo|solamente|apenas|ya no) (?:me |nos )?qued(?:a|an) (?:un[oa]s?|1|poc\w+)\b|qued(?:a|an) (?:solo |ya )*(?:unos |unas |muy )?(?:poc[oa]s|poquit\w+|contad\w+)|a couple (?:of (?:them|these) )?(?:left|remaining)|de lo ultimo|lo ultimo que|se (?:nos |me )?(?:estan? )?(?:acab|agot|termin)(?:an|ando)|running low|stock is (?:running )?low|won't last|going fast|flying off|almost (?:sold )?out|(?:just|only) (?:1|one) left|un par de unidades|casi (?:no |ya no )(?:nos )?qued\w+)/,
    ],
    licensed: (ledger) =>
      [...ledger.products.values()].some(({ stock }) =>
        stock.some(({ available }) => available !== null && available > 0 && available <= 3),
      ),
  },
]

const supposed =
  /\b(?:will be placed|sera confirmado|si (?:quieres|quiere|queres|te |le |me |prefier|dese|gust|neces|agreg|anad|compr|pas|hac|eleg|decid|confirm)\w*|so that|cuando|en cuanto|una vez|para que|antes de|quieres que|if you(?!'| find| see)|shall i|should i|do you want|want me to|would you like|once|when you|before i|as soon as|dime|tell me|let me know if)\b/
const denied =
  /\b(?:todavia no|aun no|not yet|haven't|hasn't|no he|no hemos|no esta|no puedo|can't|cannot|isn't|aren't|unable|no tengo|no tenemos|we don't|i don't|don't have|couldn't)\b/

/** A basket may be what the shop sells. */
function isGoods(ledger: Ledger, noun: string): boolean {
  const wanted = stem(noun.split(' ').at(-1) ?? noun)
  return [...ledger.products.values()].some(
    ({ stems, textStems }) => stems.has(wanted) || textStems.has(wanted),
  )
}

/** Statements about what no fact of the turn is about. */
export function claimFaults(ledger: Ledger, sentence: Sentence): Fault[] {
  const { text, question } = sentence
  if (question || denied.test(text)) return []
  return concepts.flatMap(({ reason, forms, unless, licensed }) => {
    const found = forms.map((form) => form.exec(text))
    if (found.some((match) => match === null) || unless?.test(text)) return []
    // An offer of a lower price is a promise under any condition.
    if (supposed.test(text) && reason !== 'discount' && reason !== 'price_match') return []
    if (
      reason === 'cart' &&
      !/\b(?:tu|su|your|en la) (?:carrito|carro|cesta|canasta|cart|basket|bag)\b/.test(text) &&
      isGoods(ledger, found[0]?.[0] ?? '')
    )
      return []
    return licensed(ledger, text) ? [] : [{ text: found[0]?.[0] ?? text, reason }]
  })
}

const reference =
  /\b(?:referencia|reference|tracking|seguimiento|rastreo|confirmacion|confirmation|recogida|pickup|collection|localizador|guia)\b(?:\s(?:number|numero|num|code|codigo|de \w+))?(?:\s(?:es|is|el|la|con el|con|quote|:))*\s*:?\s*#?((?:[a-z]{1,5}-?)?\d[\w-]{2,})/g

/** References, tracking numbers and codes that stand in no fact. */
export function referenceFaults(ledger: Ledger, text: string, customer: readonly string[]): Fault[] {
  const known = [
    ...ledger.lines.map((line) => line.text),
    ...ledger.orders.map((order) => order.number),
    ...ledger.said,
    ...customer,
  ].join('\n')
  return [...text.matchAll(reference)].flatMap((match) =>
    known.includes(match[1] ?? '') ? [] : [{ text: match[0], reason: 'reference' }],
  )
}
