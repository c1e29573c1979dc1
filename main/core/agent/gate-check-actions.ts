import type { ActionKind } from './facts.ts'
import { type Clause, partialMention } from './gate-binding.ts'
import type { Fault } from './gate-check-figures.ts'
import { ordersIn } from './gate-check-orders.ts'
import type { Ledger } from './gate-ledger.ts'
import { stem } from './gate-text.ts'

const inCart =
  '(?:(?:a|en|to|in|into|on) (?:el |la |tu |su |your |the )?(?:carrito|cesta|pedido|cart|basket|order|list[a]?))'

interface Claim {
  form: RegExp
  actions: ActionKind[]
  cart?: 'add' | 'remove'
  /** What else makes it true. */
  fits?: (ledger: Ledger, sentence: string, clauses: readonly Clause[]) => boolean
}

/** Things that a reply may say were done, and the actions of this turn that make it true. An empty list: no tool can do it. */
const claims: Claim[] = [
  {
    form: new RegExp(
      String.raw`\b(?:(?:he|hemos|has sido|queda[n]?|esta[n]?|ya)\s(?:ya )?(?:anadid|agregad|sumad|metid|puest|apuntad|anotad|incluid|guardad)[oa]s?|(?:te|le|lo|la|os|se lo|te lo|te la)\s(?:he |hemos )(?:anadid|agregad|apuntad|anotad|puest|metid|sumad|incluid)[oa]s?|^\W*(?:listo,? |hecho,? |vale,? |perfecto,? )?(?:anadid|agregad|apuntad|anotad|sumad)[oa]s?|(?:anadi|agregue|apunte|anote|sume|meti|puse|inclui)\b|te (?:lo |la |los |las )?(?:anado|agrego|apunto|anoto|sumo|pongo) (?:ya|ahora|\d)|(?:i've|i have|we've|we have|just|i|have been|has been|is|are)\s(?:just |now |already )?(?:added|popped|put)\b|^\W*(?:done,? |great,? |ok,? )?(?:added)\b|(?:is|are|it's|they're) (?:now |already )?in your (?:cart|basket)|ya (?:lo|la|los|las) tienes ${inCart})`,
    ),
    actions: ['cart_added', 'cart_changed'],
    cart: 'add',
    fits: noted,
  },
  {
    form: /\b(?:(?:he|hemos|te he|le he|queda[n]?|ya)\s(?:ya )?(?:cambiad|actualizad|modificad|ajustad|corregid)[oa]s?|(?:cambie|actualice|modifique|ajuste) (?:la|el|tu|su)|^\W*(?:cambiad|actualizad|modificad)[oa]s?|(?:i've|i have|we've|i)\s(?:just |now )?(?:changed|updated|adjusted)|(?:cart|basket|order) (?:has been |is )?(?:now )?updated|^\W*(?:updated|changed)\b)/,
    actions: ['cart_added', 'cart_changed', 'cart_removed'],
    fits: noted,
  },
  {
    form: /\b(?:he|hemos) cambiado (?:\S+ ){1,6}por (?:el|la|los|las|un|una|otr[oa]|1)\b|\b(?:i've|i have|we've|we have) (?:just |also |already )?(?:swapped|switched|exchanged)\b/,
    actions: ['cart_changed', 'cart_removed'],
    fits: noted,
  },
  {
    form: /\b(?:(?:he|hemos|te he|le he|queda[n]?|ya)\s(?:ya )?(?:quitad|eliminad|borrad|sacad|retirad)[oa]s?|(?:quite|elimine|borre|saque|retire) (?:el|la|los|las|tu|su|\d)|^\W*(?:quitad|eliminad|borrad|sacad)[oa]s?|(?:i've|i have|we've|i)\s(?:just |now )?(?:removed|taken out|deleted|took out|taken)|^\W*removed\b|(?:has|have) been removed)/,
    actions: ['cart_removed', 'cart_cleared', 'cart_changed'],
    cart: 'remove',
    fits: (ledger, sentence) =>
      did(ledger, ['discount_removed']) &&
      /\b(?:descuento|codigo|cupon|discount|code|voucher)\b/.test(sentence),
  },
  {
    form: /\b(?:(?:he|hemos) vaciado|vacie (?:el|tu|su)|^\W*vaciado|(?:i've|i have|i) (?:emptied|cleared)|(?:carrito|cesta) (?:ha quedado |queda )vaci[oa]|cart (?:has been |is now )(?:emptied|cleared|empty))/,
    actions: ['cart_cleared', 'cart_removed'],
  },
  {
    form: /\b(?:(?:he|hemos) (?:avisad|pasad|informad|notificad|trasladad|comentad|comunicad|derivad|consultad|preguntad)o|(?:ya |le |les |lo )+(?:avise|avisamos|pase|informe|pregunte|consulte|comente)\b|(?:la |lo |les |le )?aviso (?:ahora mismo )?(?:a |al )(?:una|un|la|el|alguien|equipo|los|las|nuestro)|(?:la|lo|les) aviso y|paso (?:tu|su|este|el) (?:pedido|caso|mensaje|consulta) a|se lo paso a|te (?:he pasado|paso|comunico|pongo en contacto|derivo|transfiero) (?:con|a)|le (?:paso|comunico|derivo|transfiero|pongo en contacto) (?:con|a)|(?:te|le|os) (?:atendera|escribira|contestara|respondera|contactara|llamara)|(?:se pondra[n]?|pondremos|pondran) en contacto|(?:una persona|alguien|el equipo|la duena|el dueno|un companero|una companera)[^.]{0,30}(?:te|le) (?:escribe|atiende|contesta|responde|escribira|atendera|contestara|respondera|llama|llamara)|(?:i've|i have|we've|i) (?:just )?(?:told|notified|let [^.]{1,25} know|passed|handed|informed|forwarded|asked|alerted|flagged)|(?:i'm|i am) (?:passing|handing|transferring|connecting|putting you|letting (?:a|the|someone|them)|telling (?:a|the|them))|(?:someone|a person|a colleague|the owner|the team|a member)[^.]{0,30}(?:will|is going to) (?:get back|contact|reply|write|answer|be in touch|call|take (?:over|it)|help|message)|(?:you've|you have) been (?:passed|transferred|handed))/,
    actions: ['handed_over', 'owner_asked'],
  },
  {
    form: /\b(?:(?:te|le|os|se) (?:la |las |lo )?(?:envio|mando|paso|adjunto|he (?:enviado|mandado|pasado|adjuntado)|dejo|muestro|comparto|envie|mande)\b[^.?]{0,30}\b(?:foto|fotos|imagen|imagenes|fotografia)|aqui (?:tienes|tiene|va|van|esta|te (?:dejo|va|envio)|le (?:dejo|va|envio))[^.?]{0,20}(?:foto|imagen)|(?:foto|imagen)\w* (?:enviada|adjunta)|(?:here(?:'s| is| are)|i'm sending|i am sending|i've sent|i have sent|i sent|sending|i've attached|attached is|i'll send|find attached)[^.?]{0,30}(?:photo|picture|image|pic))/,
    actions: ['photo_sent'],
  },
  {
    form: /\b(?:(?:he|hemos) (?:cancelad|anulad)[oa]s?|(?:queda|quedan|esta|estan|ha sido|han sido) (?:cancelad|anulad)[oa]s?|^\W*(?:listo,? |hecho,? )?(?:cancelad|anulad)[oa]s?\b|(?:i've|i have|we've|we have|i)\s(?:just |already |now )?(?:cancelled|canceled)|(?:is|are|has been|have been)\s(?:now |already )?(?:cancelled|canceled))/,
    actions: ['order_cancelled'],
    fits: (ledger, sentence) =>
      !appointment.test(sentence) && ordersIn(ledger, sentence).some(({ state }) => state === 'cancelled'),
  },
  {
    form: /\b(?:(?:te |le |os )?(?:he|hemos) (?:aplicad|descontad)[oa]s?|(?:descuento|codigo|cupon) (?:ya )?(?:esta |queda |ha sido |ha quedado )?aplicado|(?:i've|i have|we've|we have|i) (?:just |already |now )?applied|(?:discount|code|voucher) (?:has been |is |was )?(?:now |already )?applied)\b/,
    actions: ['discount_applied'],
    fits: (ledger) => ledger.sums.some(({ role, amount }) => role === 'discount' && amount > 0),
  },
  {
    form: /\b(?:(?:te |le |lo |la |los |las |se )*(?:he|hemos) (?:reservad|apartad)[oa]s?|(?:te|le) (?:lo|la|los|las) (?:reservo|aparto|guardo|reserve|aparte|he reservado|he apartado|he guardado)|(?:queda|quedan|esta|estan) (?:reservad|apartad)[oa]s?|reservad[oa] (?:a tu|para ti|a su)|(?:i've|i have|we've|we have|i) (?:just |already )?(?:reserved|set (?:it|one|them|this) aside|put (?:it|one|them) aside|saved (?:it|one) for you)|(?:is|are|has been|have been) (?:now |already )?(?:reserved|set aside))\b/,
    actions: ['order_placed'],
    // A standing order holds its stock.
    fits: (ledger, sentence) =>
      !appointment.test(sentence) &&
      ledger.orders.some(({ state }) => state === 'pending' || state === 'processing'),
  },
  {
    form: /\b(?:(?:te|le|os) (?:he |hemos )?(?:enviad[oa]|mandad[oa]|adjuntad[oa]|envio|mando|adjunto|paso|envie|mande) (?:ya |ahora )?(?:el|la|un|una|tu|su)\s(?:\w+\s){0,2}?(?:pdf|factura|recibo|documento|presupuesto|justificante|comprobante)|(?:he|hemos) (?:enviado|mandado|adjuntado|emitido) (?:el|la|un|una|tu|su) (?:pdf|factura|recibo|documento|presupuesto)|(?:aqui (?:tienes|tiene|va|esta)|adjunto) (?:el|la|tu|su) (?:pdf|factura|recibo|documento|presupuesto en pdf)|(?:i've|i have|we've|we have|i'm|i am|i) (?:just )?(?:sent|sending|attached|attaching|issued) (?:you )?(?:an? |the |your )?(?:pdf|invoice|receipt|document|quote)|here(?:'s| is) (?:the|your) (?:pdf|invoice|receipt|document)|(?:pdf|invoice|receipt) (?:is )?attached)\b/,
    actions: ['document_sent'],
  },
  {
    form: /\b(?:(?:he|hemos) (?:guardad|cobrad|reembolsad|devuelt|agendad|programad|pedid|encargad|llamad|regalad|emitid)[oa]s?|(?:queda|quedan|esta|estan) (?:agendad|reembolsad|encargad)[oa]s?|cita (?:confirmada|reservada|agendada|cancelada)|(?:tu|su) cita (?:esta|queda|ha)|reembolso (?:realizado|hecho|emitido|en camino)|(?:i've|i have|we've|we have|i) (?:just |already )?(?:booked|refunded|charged|scheduled|emailed|e-mailed|called|ordered|issued|sent (?:you )?(?:an? |the )?(?:email|link))|(?:is|are|has been|have been) (?:now |already )?(?:booked|refunded|scheduled)(?: for you)?|appointment (?:is |has been )?(?:confirmed|booked|set|cancelled|canceled)|refund (?:has been |is |was )?(?:issued|processed|on its way)|(?:te|le) (?:llamo|llamare|llamaremos) (?:hoy|manana|luego|en|a las)|(?:i'll|we'll|we will|i will) (?:call|ring|phone) you|(?:te|le) (?:he enviado|he mandado|envie|mande) (?:un |el |la |una )?(?:correo|email|enlace|mensaje))\b/,
    actions: [],
    fits: (ledger, sentence, clauses) =>
      (/\bguardad/.test(sentence) && noted(ledger, sentence, clauses)) ||
      (refunding.test(sentence) &&
        ordersIn(ledger, sentence).some(({ paymentState }) => paymentState === 'refunded')),
  },
  {
    form: /\b(?:he|hemos) enviad[oa]s?\b|\b(?:i've|i have|we've|we have) (?:just |already )?(?:shipped|posted|dispatched)\b/,
    actions: ['photo_sent', 'document_sent'],
    fits: (ledger, sentence) =>
      ordersIn(ledger, sentence).some(({ state }) => state === 'shipped' || state === 'delivered'),
  },
  {
    form: /\b(?:(?:tu|su|el) (?:carrito|cesta) esta vaci[oa]|no (?:tienes|tiene|hay) nada en (?:el|tu|su|la) (?:carrito|cesta)|(?:your|the) (?:cart|basket) is (?:currently |now )?empty|nothing in your (?:cart|basket))/,
    actions: [],
  },
]
/** Details of an order or a preference were noted, not goods put in a cart. */
function noted(ledger: Ledger, sentence: string, clauses: readonly Clause[]): boolean {
  if (did(ledger, ['order_placed']) && /\b(?:pedido|compra|orden|order|purchase)\b/.test(sentence))
    return true
  if (!did(ledger, ['delivery_set', 'contact_set', 'payment_set', 'preference_saved'])) return false
  return !cartWords.test(sentence) && clauses.every((clause) => clause.mentions.length === 0)
}

function did(ledger: Ledger, actions: readonly ActionKind[]): boolean {
  return ledger.actions.some(({ action }) => actions.includes(action))
}

const cartWords = /\b(?:carrito|cesta|cart|basket|unidad(?:es)?|units?)\b/
const mixed = /(?=.*\b(?:quit|elimin|sac|remov|took)\w*)(?=.*\b(?:anad|agreg|puest|sumad|add)\w*)/
const appointment = /\b(?:citas?|hora|mesa|turno|appointments?|booking|table)\b/
const refunding = /\b(?:reembols\w+|refund\w*)\b/
const undone =
  /\b(?:no|not|haven't|hasn't|aun no|todavia no|nada|cannot|can't|couldn't|didn't|sin)\s(?:\w+\s){0,2}$/
const conditional =
  /\b(?:si (?:quieres|quiere|queres|te parece|me dices|lo prefieres|deseas)|cuando|para que|puedo|podria|podemos|would you like|if you|shall i|should i|can i|do you want|want me to|once|let me know|happy to|una vez|en cuanto|before)\b/

/** Claims of something done that no action of this turn did. */
export function actionFaults(
  ledger: Ledger,
  sentence: string,
  clauses: readonly Clause[],
  question: boolean,
): Fault[] {
  if (question) return []
  const faults: Fault[] = []
  for (const [index, { form, actions, cart, fits }] of claims.entries()) {
    const match = form.exec(sentence)
    if (
      match === null ||
      undone.test(sentence.slice(0, match.index)) ||
      conditional.test(sentence.slice(0, match.index))
    )
      continue
    if (index === claims.length - 1) {
      if (ledger.cartTotal?.lines !== 0 && !ledger.actions.some(({ action }) => action === 'cart_cleared'))
        faults.push({ text: match[0], reason: 'cart' })
      continue
    }
    const done = ledger.actions.filter(({ action }) => actions.includes(action))
    if (done.length === 0 && fits?.(ledger, sentence, clauses)) continue
    if (done.length === 0) faults.push({ text: match[0], reason: actions[0] ?? 'impossible' })
    else if (cart !== undefined)
      // "He quitado la miel y añadido huevos": each verb has its own goods.
      faults.push(
        ...cartFaults(ledger, mixed.test(sentence) ? ledger.actions : done, clauses, match[0], cart),
      )
  }
  return faults
}

/** What was said to be put in or taken out must be what was, in that quantity. */
function cartFaults(
  ledger: Ledger,
  done: Ledger['actions'],
  clauses: readonly Clause[],
  text: string,
  kind: 'add' | 'remove',
): Fault[] {
  const touched = new Set(done.flatMap(({ productId }) => productId ?? []))
  for (const clause of clauses) {
    const partial = clause.mentions.length === 0 ? partialMention(ledger, clause.text) : null
    if (partial !== null && touched.size > 0 && ![...partial].some((id) => touched.has(id)))
      return [{ text, reason: 'other_product' }]
    const counted =
      partial?.size === 1 && kind === 'add'
        ? countedWrongly(ledger, done, clause.text, [...partial][0] ?? '')
        : null
    if (counted !== null) return [{ text: counted, reason: 'quantity' }]
    for (const mention of clause.mentions) {
      if (touched.size > 0 && ![...mention.ids].some((id) => touched.has(id)))
        return [{ text, reason: 'other_product' }]
      const said =
        /(?<![\d.,])(\d{1,4})\s*(?:[x×]|unidades|uds?|units?|piece?z?a?s?)?\s*(?:de |of |more |mas )?(?:el |la |los |las |the )?["'«“]?$/.exec(
          clause.text.slice(0, mention.start - clause.start),
        )
      if (said?.[1] === undefined || kind === 'remove') continue
      const quantity = Number(said[1])
      const known = [...mention.ids].flatMap((id) => [
        ...(ledger.products.get(id)?.cart.map((line) => line.quantity) ?? []),
        ...done.flatMap((action) => (action.productId === id ? (action.quantity ?? []) : [])),
      ])
      if (known.length > 0 && !known.includes(quantity)) return [{ text: `${said[0]}`, reason: 'quantity' }]
    }
  }
  return []
}

/** "Tres tés" where two were put in: the count before a word of the product's name. */
function countedWrongly(ledger: Ledger, done: Ledger['actions'], text: string, id: string): string | null {
  const product = ledger.products.get(id)
  const known = [
    ...(product?.cart.map(({ quantity }) => quantity) ?? []),
    ...done.flatMap((action) => (action.productId === id ? (action.quantity ?? []) : [])),
  ]
  for (const match of text.matchAll(
    /(?<![\d.,])(\d{1,3})\s+(?:unidades de |uds de |of the |of )?([a-z]+)/g,
  )) {
    if (product?.stems.has(stem(match[2] ?? '')) && known.length > 0 && !known.includes(Number(match[1])))
      return match[0]
  }
  return null
}

/** How much the cart holds, said in words that count it. */
export function cartCountFaults(ledger: Ledger, sentence: string): Fault[] {
  const { cartTotal } = ledger
  if (!/\b(?:carrito|cesta|cart|basket)\b/.test(sentence)) return []
  const match =
    /(?<![\d.,])(\d{1,4})\s(?:unidades|uds|articulos?|productos?|cosas?|piezas?|items?|pieces|things|products|units)\b/.exec(
      sentence,
    )
  if (match === null || cartTotal === null) return []
  const value = Number(match[1])
  const fits =
    value === cartTotal.pieces ||
    value === cartTotal.lines ||
    [...ledger.products.values()].some((product) => product.cart.some((line) => line.quantity === value))
  return fits ? [] : [{ text: match[0], reason: 'count' }]
}
