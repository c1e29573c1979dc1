import type { ActionKind } from './facts.ts'
import type { Fault } from './gate-check-figures.ts'
import { type Deed, deedsIn } from './gate-deeds.ts'
import { type Ledger, linesAbout } from './gate-ledger.ts'
import type { Sentence } from './gate-text.ts'

const cart: ActionKind[] = ['cart_added', 'cart_changed', 'cart_removed', 'cart_cleared']
const noted: ActionKind[] = [
  'delivery_set',
  'contact_set',
  'payment_set',
  'preference_saved',
  'discount_applied',
  'discount_removed',
  'quote_made',
  'order_summarized',
]

/** Kinds of deeds: the verbs that tell them, and what in the facts makes them true. */
interface DeedKind {
  reason: string
  verbs: RegExp
  /** Words that must stand in the sentence for the verb to have this meaning. */
  object?: RegExp
  actions: readonly ActionKind[]
  tenses?: readonly Deed['tense'][]
  fits?: (ledger: Ledger, sentence: string) => boolean
}

const hasOrder = (ledger: Ledger) => ledger.orders.length > 0
const shopSays = (form: RegExp) => (ledger: Ledger, sentence: string) =>
  ledger.lines.some(
    (line) =>
      form.test(line.text) &&
      !/\b(?:no|not|sin)\s(?:\S+\s){0,2}$/.test(line.text.slice(0, line.text.search(form))),
  ) || linesAbout(ledger, sentence, 2).some((line) => form.test(line.text))

const papers =
  /\b(?:fotos?|imagen(?:es)?|fotografias?|videos?|pdf|catalogos?|facturas?|recibos?|documentos?|presupuestos?|enlace|link|photos?|pictures?|images?|pics?|catalogues?|catalogs?|invoices?|receipts?|documents?|brochures?)\b/
const orderWords = /\b(?:pedidos?|compras?|orden(?:es)?|orders?|purchases?|encargos?)\b/
const helpers =
  /\b(?:duen[oa]s?|encargad[oa]s?|jef[ea]s?|responsables?|equipo|companer[oa]s?|taller|gerente|persona|alguien|owners?|manager|team|boss|workshop|colleagues?|staff|someone|person|supervisor)\b/

const kinds: DeedKind[] = [
  {
    reason: 'cart_added',
    verbs:
      /^(?:anad|agreg|sum[aeo]|sume|apunt|anot|inclu|meti|meto|puest|puse|pusimos|pongo|ponemos|cargad|cargue|cargar|echad|actualiz|cambi|modific|ajust|add|popp?|put$|threw|thrown|throw$|includ|updat|chang|swapp|adjust|poner|meter|incorpor)/,
    actions: [...cart, ...noted, 'order_placed'],
    tenses: ['done'],
  },
  {
    reason: 'cart_added',
    verbs:
      /^(?:in your|anad|agreg|sumad|apunt|anot|inclui|incorpor|metid|puest|cargad|added|dej|pus[eo]|meti)/,
    object: /\b(?:carrito|carro|cesta|bolsa|pedido|compra|orden|cart|basket|bag|order)\b/,
    actions: [...cart, ...noted, 'order_placed'],
    tenses: ['state', 'done'],
  },
  {
    reason: 'cart_removed',
    verbs: /^(?:quit|elimin|borr|sacad|saque|retir|vaci|remov|delet|took|taken|clear|empt)/,
    actions: [...cart, 'discount_removed'],
    tenses: ['done'],
  },
  {
    reason: 'mail_sent',
    verbs: /^(?:envi|mand|sent|send|email|e-mail|pas[oea]|dej[oea])/,
    object: /\b(?:correos?|email|e-mail|mensajes?|sms|messages?)\b/,
    actions: ['handed_over', 'owner_asked'],
    tenses: ['done', 'now'],
  },
  {
    reason: 'document_sent',
    verbs: /^(?:envi|mand|adjunt|compart|pas[oeéa]|dej[oeéa]|sent|send|attach|shar|email|e-mail|messag)/,
    object: papers,
    actions: ['photo_sent', 'document_sent'],
    fits: (ledger, sentence) =>
      shopSays(/\b(?:enlace|link)\b/)(ledger, sentence) && /enlace|link/.test(sentence),
  },
  {
    reason: 'order_placed',
    verbs:
      /^(?:hech|hice|hicimos|hacer|realiz|tramit|confirmad|confirme$|registr|proces|gener|finaliz|cerrad|curs|complet|plac|submit|process|finaliz|book|order|made|gestion|lanz)/,
    object: orderWords,
    actions: ['order_placed', 'order_summarized', 'cart_changed', 'cart_added'],
    tenses: ['done', 'state'],
    fits: hasOrder,
  },
  {
    reason: 'reserved',
    verbs:
      /^(?:reserv|apart(?!ir)|separ|bloque|hold|held|kept|keep$|keeping|saving|set$|put$|retener|retengo)/,
    object: /./,
    actions: ['order_placed'],
    fits: (ledger, sentence) =>
      (hasOrder(ledger) && /\b(?:pedidos?|orders?|stock)\b/.test(sentence)) ||
      /\b(?:mind|track|posted|eye|simple|short|going|up|delivery|address|code)\b/.test(sentence),
  },
  {
    reason: 'reserved',
    verbs: /^(?:guard)/,
    object:
      /\b(?:te|le|os|se|les)\s(?:l[oa]s? )?(?:guard|he guard|hemos guard)|\bguardad[oa]s? (?:para|a tu|a su)/,
    actions: ['order_placed', 'preference_saved', 'delivery_set', 'contact_set'],
    fits: hasOrder,
  },
  {
    reason: 'handed_over',
    verbs:
      /^(?:avis|inform|notific|traslad|deriv|escal|comunic|contact|preguntad|pregunte|preguntar|consult|habl|coment|llam|told|tell|spoke|spoken|speak|asked|notif|inform|passed|forward|connect|transfer|escalat|flagg|alert|call$|called|ring|rang|phone|emailed|let$|check$|checked)/,
    object: new RegExp(
      `${helpers.source}|\\b(?:te|le|os|les) (?:llam|contact|aten)|\\b(?:call|ring|phone) you\\b|\\bwith (?:the|my|our)\\b|know\\b`,
    ),
    actions: ['handed_over', 'owner_asked'],
  },
  {
    reason: 'handed_over',
    verbs:
      /^(?:pas[oae]|pasad|pasar|passing|passed|pondr|pong|transf|conect|atend|escrib|respond|contest|llam)/,
    object: helpers,
    actions: ['handed_over', 'owner_asked'],
  },
  {
    reason: 'gift',
    verbs: /^(?:regal|obsequi|invit|convid|gift|treat|throwing|throw$)/,
    object:
      /^(?!.*\b(?:te|le|os|les) (?:invit\w+|convid\w+) a (?:que |pasar|venir|visitar|conocer|probar|ver|escrib|llamar|preguntar|\w+(?:ar|er|ir)(?:te|nos|l[oa]s?)?\b))/,
    actions: [],
    fits: (ledger, sentence) =>
      shopSays(/\b(?:regalamos|regalo (?:con|por)|(?<!papel )de regalo con|obsequi\w*|invitamos)\b/)(
        ledger,
        sentence,
      ) || linesAbout(ledger, sentence, 3).some((line) => /\b(?:gratis|free)\b/.test(line.text)),
  },
  {
    reason: 'discount',
    tenses: ['done', 'now', 'will'],
    verbs: /^(?:descont|descuent|rebaj|knock|discount|reduc|lower|aplic|appl)/,
    actions: ['discount_applied'],
    fits: (ledger, sentence) =>
      ledger.sums.some(({ role, amount }) => role === 'discount' && amount > 0) ||
      /\b(?:no|not|can't|cannot)\b/.test(sentence),
  },
  {
    reason: 'refund',
    verbs: /^(?:devolv|devuelv|reembols|reintegr|compens|abonar|abonam|refund|reimburs|credit)/,
    actions: [],
    fits: shopSays(/\b(?:devolv|devuelv|devoluc|reembols|refund|return)\w*/),
  },
  {
    reason: 'price_match',
    verbs: /^(?:igual|mejor[oa]|match|beat|bater|supero|superamos)/,
    object: /\b(?:preci|ofert|price|offer|quote|cheaper|barat|cualquier|any)\w*/,
    actions: [],
    fits: shopSays(/\b(?:igualam|match)\w*/),
  },
  {
    reason: 'charged',
    verbs: /^(?:cobrad|cobre|charged|ship(?:ped)|dispatch|posted|mailed|despach|expid|recibid|received|got$)/,
    object: /./,
    actions: ['order_placed'],
    tenses: ['done'],
    fits: (ledger, sentence) =>
      hasOrder(ledger) ||
      !/\b(?:pag\w+|payment|bizum|transfer\w*|paquete|parcel|pedido|order|envi\w+)\b/.test(sentence),
  },
]

/** Verbs of looking, saying and thinking: they change nothing. */
const harmless =
  /^(?:vist|ver|mirad|mire|mirar|revis|comprob|encontr|busc|entend|leid|dich|dije|cont|explic|recomend|suger|propues|propon|ofrec|ayud|resum|confirm|mostr|ensen|list|tenid|esper|gust|alegr|sent|lament|agradec|pod|quer|necesit|sab|conoc|cre|pens|prepar|calcul|recib|acord|olvid|equivoc|confund|explain|found|find|seen|look|check|see|understood|read|mention|got|been|had|have|help|recommend|suggest|thought|love|like|need|want|list|includ|calculat|summar|prepar|noted|receiv|missed|misunderst|heard|worked|picked|chosen|selected|narrow)/

const undone =
  /\b(?:no|not|haven't|hasn't|nada|cannot|can't|couldn't|didn't|sin|won't|nunca|never|tampoco|aun no|todavia no)\s(?:\S+\s){0,3}$/
const supposed =
  /\b(?:si (?:quieres|quiere|queres|te |le |me |lo |la |prefier|dese|gust|neces|agreg|anad|llev|compr|pas|hac|eleg|decid|confirm)|cuando|en cuanto|una vez|para que|antes de|puedo|podria|podemos|quieres que|if you|if it|shall i|should i|can i|do you want|want me to|would you like|once|let me know|happy to|when you|before i|as soon as|just say|dime|tell me)\b/

/** Deeds that no action of the turn did and no text of the shop promises. */
export function deedFaults(ledger: Ledger, sentence: Sentence): Fault[] {
  const { raw, text } = sentence
  if (sentence.question) return []
  const conditional = supposed.test(text)
  const faults: Fault[] = []
  for (const deed of deedsIn(raw, text)) {
    if (undone.test(text.slice(0, deed.start))) continue
    const fitting = kinds.filter(
      (kind) =>
        kind.verbs.test(deed.verb) &&
        (kind.tenses?.includes(deed.tense) ?? true) &&
        (kind.object === undefined || kind.object.test(text)),
    )
    if (fitting.length === 0) {
      if (conditional) continue
      if (deed.tense === 'done' && isUnknown(deed) && ledger.actions.length === 0 && !hasOrder(ledger))
        faults.push({ text: deed.text, reason: 'unknown_action' })
      continue
    }
    const done = fitting.some(
      (kind) =>
        kind.fits?.(ledger, text) || ledger.actions.some(({ action }) => kind.actions.includes(action)),
    )
    // A gift or a lower price is promised under any condition.
    if (!done && (!conditional || /^(?:gift|price_match)$/.test(fitting[0]?.reason ?? '')))
      faults.push({ text: deed.text, reason: fitting[0]?.reason ?? 'unknown_action' })
  }
  return faults
}

/** Forms of "estar" and "quedar" also describe; only what a person does counts as a deed. */
function isUnknown({ verb, text }: Deed): boolean {
  return /^(?:he|hemos|acab|i|we)\b|^(?:i've|we've)/.test(text) && !harmless.test(verb)
}
