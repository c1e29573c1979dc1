import type { ActionKind } from './facts.ts'
import { type Clause, partialMention } from './gate-binding.ts'
import type { Fault } from './gate-check-figures.ts'
import type { Ledger } from './gate-ledger.ts'
import { stem } from './gate-text.ts'

const inCart =
  '(?:(?:a|en|to|in|into|on) (?:el |la |tu |su |your |the )?(?:carrito|cesta|pedido|cart|basket|order|list[a]?))'

/** Things that a reply may say were done, and the actions of this turn that make it true. An empty list: no tool can do it. */
const claims: { form: RegExp; actions: ActionKind[]; cart?: 'add' | 'remove' }[] = [
  {
    form: new RegExp(
      String.raw`\b(?:(?:he|hemos|has sido|queda[n]?|esta[n]?|ya)\s(?:ya )?(?:anadid|agregad|sumad|metid|puest|apuntad|anotad|incluid|guardad)[oa]s?|(?:te|le|lo|la|os|se lo|te lo|te la)\s(?:he |hemos )(?:anadid|agregad|apuntad|anotad|puest|metid|sumad|incluid)[oa]s?|^\W*(?:listo,? |hecho,? |vale,? |perfecto,? )?(?:anadid|agregad|apuntad|anotad|sumad)[oa]s?|(?:anadi|agregue|apunte|anote|sume|meti|puse|inclui)\b|te (?:lo |la |los |las )?(?:anado|agrego|apunto|anoto|sumo|pongo) (?:ya|ahora|\d)|(?:i've|i have|we've|we have|just|i|have been|has been|is|are)\s(?:just |now |already )?(?:added|popped|put)\b|^\W*(?:done,? |great,? |ok,? )?(?:added)\b|(?:is|are|it's|they're) (?:now |already )?in your (?:cart|basket)|ya (?:lo|la|los|las) tienes ${inCart})`,
    ),
    actions: ['cart_added', 'cart_changed'],
    cart: 'add',
  },
  {
    form: /\b(?:(?:he|hemos|te he|le he|queda[n]?|ya)\s(?:ya )?(?:cambiad|actualizad|modificad|ajustad|corregid)[oa]s?|(?:cambie|actualice|modifique|ajuste) (?:la|el|tu|su)|^\W*(?:cambiad|actualizad|modificad)[oa]s?|(?:i've|i have|we've|i)\s(?:just |now )?(?:changed|updated|adjusted)|(?:cart|basket|order) (?:has been |is )?(?:now )?updated|^\W*(?:updated|changed)\b)/,
    actions: ['cart_added', 'cart_changed', 'cart_removed'],
  },
  {
    form: /\b(?:(?:he|hemos|te he|le he|queda[n]?|ya)\s(?:ya )?(?:quitad|eliminad|borrad|sacad|retirad)[oa]s?|(?:quite|elimine|borre|saque|retire) (?:el|la|los|las|tu|su|\d)|^\W*(?:quitad|eliminad|borrad|sacad)[oa]s?|(?:i've|i have|we've|i)\s(?:just |now )?(?:removed|taken out|deleted|took out|taken)|^\W*removed\b|(?:has|have) been removed)/,
    actions: ['cart_removed', 'cart_cleared', 'cart_changed'],
    cart: 'remove',
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
    form: /\b(?:(?:tu|su|el|vuestro) (?:pedido|compra|orden)(?: [^.]{0,20})? (?:esta|ha sido|queda|ha quedado|fue) (?:ya )?(?:realizad|hech|confirmad|registrad|tramitad|cursad|procesad|enviad|completad|pagad|recibid)[oa]|pedido (?:realizado|confirmado|registrado|tramitado|hecho|recibido|completado|enviado)|compra (?:confirmada|realizada|completada)|(?:he|hemos) (?:hecho|realizado|tramitado|confirmado|registrado|cursado|procesado|recibido|enviado|finalizado|cerrado) (?:ya )?(?:el|tu|su|la|vuestro) (?:pedido|compra|orden)|(?:your|the) (?:order|purchase) (?:is|has been|was|have been)(?: now| already| just)? (?:placed|confirmed|received|processed|completed|shipped|sent|paid|submitted|registered|on its way|dispatched)|(?:i've|i have|we've|i) (?:just )?(?:placed|confirmed|submitted|processed|completed|shipped) (?:your|the|an) (?:order|purchase)|order (?:placed|confirmed|completed))/,
    actions: ['order_placed'],
  },
  {
    form: /\b(?:(?:he|hemos) (?:reservad|apartad|guardad|cobrad|reembolsad|devuelt|aplicad|cancelad|agendad|programad|enviad|pedid|encargad|llamad|regalad|descontad|emitid)[oa]s?|(?:te|le) (?:lo|la|los|las) (?:reservo|aparto|guardo|reserve|aparte|he reservado|he apartado|he guardado)|(?:queda|quedan|esta|estan) (?:reservad|apartad|agendad|cancelad|pagad|reembolsad|encargad)[oa]s?|reservad[oa] (?:a tu|para ti|a su)|cita (?:confirmada|reservada|agendada)|(?:tu|su) cita (?:esta|queda|ha)|pago (?:recibido|confirmado|aceptado)|(?:he|hemos) recibido (?:tu|su|el) pago|descuento aplicado|reembolso (?:realizado|hecho|emitido|en camino)|(?:i've|i have|we've|we have|i) (?:just |already )?(?:reserved|booked|refunded|charged|cancelled|canceled|scheduled|emailed|e-mailed|called|shipped|applied|set (?:it|one|them|this) aside|put (?:it|one|them) aside|saved (?:it|one) for you|ordered|issued|sent (?:you )?(?:an? |the )?(?:email|invoice|link|receipt))|(?:is|are|has been|have been) (?:now |already )?(?:reserved|booked|refunded|set aside|scheduled|cancelled|canceled)(?: for you)?|appointment (?:is )?(?:confirmed|booked|set)|payment (?:has been |was |is )?(?:received|confirmed|accepted)|refund (?:has been |is |was )?(?:issued|processed|on its way)|discount (?:has been )?applied|(?:te|le) (?:llamo|llamare|llamaremos) (?:hoy|manana|luego|en|a las)|(?:i'll|we'll|we will|i will) (?:call|ring|phone) you|(?:te|le) (?:he enviado|he mandado|envie|mande) (?:un |el |la |una )?(?:correo|email|factura|enlace|recibo|mensaje))\b/,
    actions: [],
  },
  {
    form: /\b(?:(?:tu|su|el) (?:carrito|cesta) esta vaci[oa]|no (?:tienes|tiene|hay) nada en (?:el|tu|su|la) (?:carrito|cesta)|(?:your|the) (?:cart|basket) is (?:currently |now )?empty|nothing in your (?:cart|basket))/,
    actions: [],
  },
]
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
  for (const [index, { form, actions, cart }] of claims.entries()) {
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
    if (done.length === 0) faults.push({ text: match[0], reason: actions[0] ?? 'impossible' })
    else if (cart !== undefined) faults.push(...cartFaults(ledger, done, clauses, match[0], cart))
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
