import type { CheckoutDetails, CheckoutField } from '../../understanding/checkout-details.ts'
import { beginsCheckout, readCheckoutDetails, statementsOf } from '../../understanding/checkout-details.ts'
import { isUnqualifiedYes } from '../../understanding/confirmation.ts'
import { fold } from '../../understanding/normalise.ts'
import type { CustomerRequest } from '../../understanding/service.ts'
import { understand } from '../../understanding/service.ts'
import type { Dialogue } from './state.ts'

/** What the messages of a turn say of the order that is being made. */
export interface CheckoutReading {
  /** Whether a checkout goes on or begins with these messages. */
  active: boolean
  /** Null: nothing was read, the messages are about something else. */
  details: CheckoutDetails | null
  /** 'order': wants to order or pay. 'ending': has chosen everything ("eso es todo"). */
  wants: 'order' | 'ending' | null
  /** Every message is a yes and nothing else. */
  yes: boolean
  /** Only a no. */
  no: boolean
  /** "Luego te digo": wants to go on later. */
  later: boolean
  /** Does not know what is meant. */
  puzzled: boolean
  /** "Me da igual": any of what was offered will do. */
  any: boolean
  /** Wants to see what the order holds. */
  shows: boolean
  /** A part that is to be changed, without what it is to be. */
  change: CheckoutField | null
  /** What other wishes are read from. */
  text: string
}

const order =
  /\b(?:lo |la |te |se |ya |si,? )*confirm(?:o|ar|arlo|amos|alo|ame)\b|\b(?:quiero|quisiera|queria|voy a|vamos a|podemos|me gustaria|necesito|como (?:puedo )?|deseo|prefiero) (?:ya )?(?:pagar(?:lo|la|te|le)?|comprar(?:lo|la|los|las)|finalizar|cerrar|tramitar|terminar|encargar(?:lo|la|los|las)|pedir(?:lo|la|los|las)|hacer (?:ya )?(?:el|la|mi|este|ese) (?:pedido|compra|orden|encargo)|finalizarlo|tramitarlo)\b(?! con que\b)|\b(?:como (?:lo |la |los |las )?(?:compro|pido|encargo)|puedo pagar ya|pagar ya|pagar ahora)\b|\b(?:hacer|haz|haga|hace|hacemos|hagamos|cerrar|cierra|cierre|cerramos|cerremos|finaliz\w+|tramit\w+|proces\w+|termin\w+|realiz\w+|complet\w+) (?:ya )?(?:(?:el|la|mi|este) )?(?:pedido|compra|orden|encargo)\b|\b(?:cobrame|cobreme|cobrarme|me cobras|me cobra|me cobran|pasar por caja|pasamos por caja|proceder al pago|proceder con (?:el|la) (?:pedido|compra|pago|orden))\b|\b(?:lo|la|los|las) (?:quiero pedir|quiero comprar|pido ya|compro ya)\b|\bcheck ?out\b|\b(?:place|complete|finish|submit|process) (?:the|my|this|an) (?:order|purchase)\b|\border (?:it|them|this|that)(?: now| please)?\b|\b(?:i'?d like to|i want to|i would like to|ready to|can i|let me|how do i) (?:order|pay|buy)(?: (?:now|please|it|them|this|that|everything|my order))*\W*(?:$|\n)|\bi'?d like to (?:order|pay)[.,!]|\bpay now\b|\bring (?:me|it) up\b/
/** Asks how to buy what is in the cart. */
const how =
  /\bcomo (?:hago (?:para|pa) |se hace para |puedo |podria |le hago para )?(?:(?:lo|la|los|las|te|le|os|se lo|te lo) )?(?:pago|pagar(?:te|lo|la)?|compro|comprar(?:lo|la)?|pido|pedir(?:lo|la)?|encargo|hago el pedido)\b|\bhow (?:do|can) i (?:pay|order|buy|get) (?:it|them|this|that|for (?:it|them|this|that))\b/
const orderAlone =
  /^\W*(?:(?:quiero|vale|ok|pues|ya|listo)[\s,]+)*(?:finalizar|terminar|tramitar|pagar|comprar|confirmar|pedir|finalizo|pago ya|hacer pedido|order|pay|buy|buy now|order now)(?:[\s,]+(?:ya|por favor|porfa|gracias|please|now))*\W*$/
const ending =
  /\b(?:eso (?:es|era|seria|sera|estaria) todo|(?:es|seria|era|sera|y ya) todo|con (?:eso|esto) (?:es suficiente|basta|me basta|esta bien|estamos|ya)|nada mas|no (?:quiero|necesito) (?:nada )?mas(?: nada)?|(?:solo|solamente|nomas|unicamente) (?:eso|esto|eso nomas)|eso nomas|ya (?:esta|estaria|es todo)\b(?! abiert| cerrad| disponib)|no mas|por (?:ahora|hoy) (?:nada mas|es todo)|asi esta bien)\b|^\W*listo\W*$|\bthat'?s (?:all|it|everything|the lot)\b|\bthat(?:'ll| will|ll) (?:be all|be it|do(?: it)?)\b|\bnothing else\b|\bjust (?:that|those|these|this)\b|\b(?:i'?m|im) (?:all set|done)\b|\ball (?:set|done)\b/
/** "¿Cuánto es todo?" asks, it ends nothing. */
const asksAmount = /\b(?:cuanto|cuanta|cuantos|how much|what)\b/
const taking =
  /^\W*(?:pues |vale,? |ok,? |perfecto,? |genial,? |si,? |venga,? |dale,? )*(?:(?:lo|la|los|las) (?:quiero|compro|pido)|me (?:lo|la|los|las) (?:llevo|quedo)|i(?:'ll|ll| will) (?:take|have|buy) (?:it|them|that|those))(?: (?:ya|todo|por favor|porfa|gracias|please|then|pues|entonces))*\W*$/
const later =
  /\b(?:luego|despues|mas tarde|manana|otro dia|en un rato|ahora) (?:te|le|os|les|lo|la)? ?(?:digo|confirmo|escribo|aviso|cuento|sigo|seguimos|hablamos|vuelvo|hago|veo|miro)\b|\b(?:te|le|os) (?:digo|confirmo|aviso|escribo) (?:luego|despues|mas tarde|manana|en un rato|ahora)\b|\b(?:lo|me lo|la) (?:pienso|pensare|voy a pensar|tengo que pensar|consulto|miro)\b|\b(?:dejame|deja|tengo que|voy a|quiero) (?:pensar(?:lo|melo|mela)?|consultar(?:lo)?|mirar(?:lo)?)\b|\b(?:espera|espere|esperame|un momento|un segundo|un minuto|dame un (?:momento|segundo|minuto)|ahora vuelvo|hang on|hold on|one (?:moment|sec|second|minute)|give me a (?:moment|minute|second|sec)|brb)\b|\b(?:let me|i'?ll|ill|i need to|i have to) (?:think(?: about it| it over)?|check|get back to you|come back)\b|\b(?:later|maybe tomorrow|not now|i'?ll (?:write|tell you) later)\b/
const no =
  /^\W*(?:no+|nop|nope|nah|todavia no|aun no|not yet|no gracias|no thanks|no thank you|mejor no|no,? espera|no,? aun no|no lo confirmo|negativo)\W*$/

const puzzled =
  /\bno tengo (?:telefono|movil|celular|numero|direccion)\b|\bprefiero no\b|\bno (?:te |le |os )?(?:quiero|voy a|pienso) (?:dar|decir)\w*\b|\bi (?:do not|don't) have a (?:phone|number)\b|\bi'?d rather not\b|\bno (?:te |le |os |lo )?(?:entiendo|entendi|comprendo|pillo)\b|\b(?:que (?:me )?(?:pides|pide|quieres decir|necesitas)|a que te refieres|como dices)\b|\bi (?:do not|don't|didn't) (?:understand|get it|follow)\b|\bwhat do you (?:mean|need)\b/
const any =
  /^\W*(?:pues |no se,? |a mi )*(?:(?:me )?da (?:igual|lo mismo)|igual me da|me es (?:igual|indiferente)|cualquiera|cualquiera me (?:va|vale)|el que sea|la que sea|como (?:quieras|quiera|veas|prefieras)|lo que (?:sea|veas|prefieras)|whatever|anything|either|any of them|i don't mind|doesn't matter|you choose|no preference)\b.{0,20}$/

const changing =
  /\b(?:cambi\w*|modific\w*|corrig\w*|correg\w*|actualiz\w*|rectific\w*|otra|otro|equivoc\w*|esta mal|change|edit|update|wrong|different|another|correct)\b/
const parts: readonly [CheckoutField, RegExp][] = [
  ['address', /\b(?:direccion|domicilio|calle|address)\b/],
  ['payment', /\b(?:pago|pagar|payment|pay)\b/],
  ['phone', /\b(?:telefono|movil|celular|phone|numero de (?:contacto|telefono))\b/],
  ['name', /\b(?:nombre|name)\b/],
  [
    'slot',
    /\b(?:franja|horario|hora de entrega|dia de entrega|fecha de entrega|time slot|delivery time|slot)\b/,
  ],
  ['delivery_method', /\b(?:entrega|envio|forma de entrega|metodo de entrega|recogida|delivery)\b/],
]

/** Whether the last reply asked something that the next message may answer with words that an order would take. */
function waits(pending: Dialogue['pending']): boolean {
  return isFirm(pending) && pending?.kind !== 'person'
}

/** Questions that the next message has to answer before the order goes on. */
export function isFirm(pending: Dialogue['pending']): boolean {
  if (pending === null) return false
  switch (pending.kind) {
    case 'variant':
    case 'product':
      return pending.purpose === 'add'
    case 'confirm_add':
      return pending.absolute === true
    case 'anything_else':
    case 'confirm_clear':
      return false
    default:
      return true
  }
}

/** Whether a yes or no answers another question than the order's. */
function answersOther({ pending, checkout }: Dialogue): boolean {
  if (isFirm(pending)) return true
  const waiting = checkout !== null && checkout.asked.length === 0 && checkout.summaryId === null
  return waiting && pending !== null && pending.kind !== 'anything_else'
}

/** Reads a turn's messages for what they say of the order. */
export function readCheckout(dialogue: Dialogue, messages: readonly string[]): CheckoutReading {
  const text = messages.filter((message) => message.trim() !== '').join('\n')
  const folded = fold(text).replace(/[’´]/g, "'")
  const open = dialogue.checkout !== null
  const filled = open || dialogue.touched !== null || dialogue.filled
  const firm = waits(dialogue.pending)
  const asksHow = /\?\s*$/.test(folded) && !/\bcomo\b|\bhow\b|\bcobras?\b|\bya\b/.test(folded)
  const { pending, justAdded, focus } = dialogue
  const takes =
    (pending === null || pending.kind === 'anything_else') &&
    justAdded !== null &&
    justAdded.productId === focus?.productId
  const wants: CheckoutReading['wants'] =
    ((order.test(folded) && !asksHow) || (filled && (how.test(folded) || orderAlone.test(folded)))) &&
    !firm &&
    !/\bno (?:quiero|voy a|confirm)/.test(folded)
      ? 'order'
      : (filled &&
            !firm &&
            ((ending.test(folded) && !asksAmount.test(folded)) || (takes && takesAll(folded)))) ||
          (pending?.kind === 'anything_else' && no.test(folded))
        ? 'ending'
        : null
  const hostile = understand(text).requests.some(({ intent }) => intent === 'injection')
  const reading: CheckoutReading = {
    active: false,
    details: null,
    wants,
    yes: isUnqualifiedYes(messages.join('\n')),
    no: no.test(folded),
    later: open && later.test(folded),
    puzzled: open && puzzled.test(folded),
    any: open && any.test(folded),
    shows: false,
    change: null,
    text,
  }
  // Who plays the owner tells nothing of an order.
  if (hostile) return { ...reading, active: open, wants: null, yes: false, no: false }
  if (!open) {
    if (
      reading.wants === null &&
      !firm &&
      !asksHow &&
      understand(text).requests.some(({ intent }) => intent === 'checkout')
    )
      reading.wants = 'order'
    if (reading.wants === null && !begins(text, filled)) return reading
    const details = readCheckoutDetails(text, { open: true, asked: [], payments: [] })
    return { ...reading, active: true, details, text: details.rest }
  }
  const asked = firm ? [] : (dialogue.checkout?.asked ?? [])
  const payments = dialogue.checkout?.payments ?? []
  const details = readCheckoutDetails(text, { open: true, asked, payments })
  const names = dialogue.checkout?.asked.length === 0 && folded.trim().split(/\s+/).length <= 4
  const change =
    (changing.test(folded) || (names && !folded.includes('?'))) &&
    !tellsAnything(details) &&
    folded.length < 100
      ? partNamed(folded)
      : null
  return { ...reading, active: true, details, change, text: change === null ? details.rest : '' }
}

const closed = { open: false, asked: [], payments: [] } as const

/**
 * Whether messages tell of an order that nobody has begun to make: by what no other wish would tell, or, with things in
 * the cart, by a bare answer and nothing else ("a domicilio", "transferencia").
 */
function begins(text: string, filled: boolean): boolean {
  const first = readCheckoutDetails(text, closed)
  const buys = filled || understand(first.rest).requests.some(isOrder)
  if (beginsCheckout(first) && buys) return true
  const stated = statementsOf(text)
  const told = readCheckoutDetails(stated, filled ? { ...closed, open: true } : closed)
  const person = told.name !== null && told.phone !== null
  if (told.address !== null || person || (filled && told.code !== null) || (told.code ?? '') !== '') return true
  const bare = understand(told.rest).requests.every(
    ({ intent, phrase, options, quantity }) =>
      (intent === null || courtesy.has(intent) || intent === 'greet') &&
      phrase.content.length === 0 &&
      options.length === 0 &&
      quantity === null,
  )
  if (!bare) return false
  return filled
    ? told.method !== null || told.payment !== null || told.phone !== null
    : told.method !== null &&
        understand(stated).requests.every(({ intent }) => intent === null || intent === 'pickup' || intent === 'greet')
}

/** Says that everything is chosen; "¿cuánto es todo?" does not. */
function endsChoosing(folded: string): boolean {
  return folded
    .split(/(?<=[?!.\n])/)
    .some((sentence) => ending.test(sentence) && !/\?|\bcuant|\bhow much|\bwhat\b/.test(sentence))
}

/** "Lo quiero", "me lo llevo todo" as a sentence of its own. */
function takesAll(folded: string): boolean {
  return folded.split(/[?!.\n]/).some((sentence) => taking.test(sentence))
}

function partNamed(folded: string): CheckoutField | null {
  return parts.find(([, words]) => words.test(folded))?.[0] ?? null
}

function isOrder({ intent, phrase }: CustomerRequest): boolean {
  return (intent === 'add' || intent === 'more' || intent === 'search') && phrase.nouns.length > 0
}

/** Whether the details hold anything that a tool is to be told. */
export function tellsAnything(details: CheckoutDetails): boolean {
  const { rest, usualAddress, withoutCode, ...values } = details
  return usualAddress || withoutCode || Object.values(values).some((value) => value !== null)
}

const courtesy: ReadonlySet<string | null> = new Set(['affirm', 'deny', 'ask', 'thanks', 'how_are_you'])

/** The requests that others answer: without those that the checkout itself takes up. */
export function otherRequests(
  reading: CheckoutReading,
  requests: readonly CustomerRequest[],
  dialogue: Dialogue,
): CustomerRequest[] {
  if (!reading.active) return [...requests]
  if (reading.yes || reading.no || reading.any || reading.puzzled)
    return answersOther(dialogue) ? [...requests] : []
  if (reading.later)
    return requests.filter(({ intent }) => intent !== null && !courtesy.has(intent) && intent !== 'bye')
  const told = reading.details !== null && tellsAnything(reading.details)
  const asks = (dialogue.checkout?.asked.length ?? 0) > 0
  // "M is fine" chooses
  const chosen = requests.map((one) =>
    one.intent === 'affirm' && one.options.length > 0 ? { ...one, intent: null } : one,
  )
  return chosen.filter((request) => {
    const { intent } = request
    if (intent === 'checkout') return false
    if (intent === 'view_cart') {
      reading.shows = true
      return false
    }
    const folded = fold(request.text).replace(/[’´]/g, "'")
    const offered = intent === 'add' && /^(?:confirm_add|variant|product)$/.test(dialogue.pending?.kind ?? '')
    if (
      reading.wants !== null &&
      !offered &&
      (order.test(folded) ||
        orderAlone.test(folded) ||
        (ending.test(folded) && !asksAmount.test(folded)) ||
        taking.test(folded))
    )
      return false
    if (answersOther(dialogue)) return true
    if (courtesy.has(intent)) return false
    if (intent === 'bye') return !endsChoosing(folded)
    const empty =
      request.phrase.nouns.length === 0 && request.options.length === 0 && request.ordinals.length === 0
    if ((told || reading.wants !== null) && intent === null && empty && request.quantity === null)
      return false
    // What is said after a question of the order's is rather a bad answer to it than a search of the catalog.
    const bare = intent === null && !request.asked && !/^\W*(?:y|and|tambien|also)\b/.test(folded)
    if (
      bare &&
      asks &&
      request.options.length + request.ordinals.length === 0 &&
      request.quantity === null &&
      request.deictic === null
    )
      return false
    // "que me lo mandéis": the frame of an answer, no question
    const frame =
      intent === 'delivery' ||
      intent === 'pickup' ||
      intent === 'payment' ||
      intent === 'contact' ||
      intent === 'address'
    return !(told && frame && !request.asked)
  })
}
