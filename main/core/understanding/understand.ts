import { asksFigure, frame, isPartOfName, tellsWhich, twice } from './clauses.ts'
import { scoreFeatures, settle } from './decide.ts'
import { findEntities } from './entities.ts'
import type { Intent } from './intents.ts'
import { joinHalves } from './join.ts'
import { detectFormOfAddress, detectLanguage } from './language.ts'
import { ordersWithPronoun } from './lexicon/clitics.ts'
import type { Feature } from './lexicon/compile.ts'
import { correct, findFeatures } from './lexicon/compile.ts'
import type { Token } from './normalise.ts'
import { soundKey, tokenise } from './normalise.ts'
import { numberOf } from './numbers.ts'
import { container } from './options.ts'
import { amountsOfEach, ordersOf } from './orders.ts'
import { withoutPhones } from './phones.ts'
import { noPhrase, productPhrase } from './phrase.ts'
import type { CustomerRequest, Understanding } from './request.ts'
import type { Span } from './segments.ts'
import { segment } from './segments.ts'

const talk: ReadonlySet<Intent> = new Set<Intent>([
  'greet',
  'thanks',
  'bye',
  'affirm',
  'deny',
  'how_are_you',
  'ask',
])

const asksOfCart =
  /^(?:y |pero |entonces |bueno |a ver )*(?:que|cuant[oa]s?) (?:\w+ )?(?:llevo|tengo|he pedido|hay en)\b/

/** The words of a text without its phones; a text that is nothing but a phone is one word. */
function tokensOf(text: string): Token[] {
  const tokens = tokenise(withoutPhones(text))
  const raw = text.trim()
  if (tokens.length > 0 || !/\d/.test(raw)) return tokens
  const start = text.indexOf(raw)
  const word = raw.replace(/\D/g, '')
  return [{ raw, word, fixed: null, start, end: start + raw.length, before: 'hard', asked: false }]
}

/** "Y una tarjeta que ponga felicidades": a thing to buy, no way to pay. */
function buysCard(said: string): boolean {
  return (
    /\b(?:una|otra|dos|tres|unas|\d+|a|another|some) (?:tarjetas?|cards?)\b/.test(said) &&
    !/\b(?:pag\w*|pay\w*|acept\w*|accept\w*|take|credit\w*|debit\w*|con|with|cobr\w*|por|by)\b/.test(said)
  )
}

function readSpan(
  text: string,
  tokens: readonly Token[],
  all: readonly Feature[],
  span: Span,
): CustomerRequest {
  const own = tokens.slice(span.from, span.to).map((token) => token.word)
  const card = buysCard(own.join(' '))
  const features = all.filter(
    (feature) =>
      feature.from >= span.from && feature.to <= span.to && !(card && feature.intent === 'payment'),
  )
  const english =
    all.filter((feature) => feature.language === 'en').length > all.length / 2 || all.length === 0
  const entities = findEntities(tokens, span.from, span.to, english)
  const raw = scoreFeatures(features)
  if (entities.budget !== null) delete raw.haggle
  const words = own
  const said = words.join(' ')
  // "¿a qué hora llega?" asks of what is sent
  if (
    (raw.hours ?? 0) > 0 &&
    /\b(?:hora|horas|dia|cuando|when|time|day)\b.*\b(?:lleg\w*|entreg\w*|traen|arrive\w*|deliver\w*)\b/.test(
      said,
    ) &&
    !/\b(?:abr\w+|cierr\w+|open\w*|clos\w+)\b/.test(said)
  ) {
    raw.delivery = Math.max(raw.delivery ?? 0, raw.hours ?? 0)
    delete raw.hours
  }
  // "add it at £5", "5 euros me parece justo": a price of the customer's
  if (
    /(?:[£$€] ?\d|\d ?(?:£|€|euros?|pesos?|pounds?|quid|dollars?|bucks?|soles|dolares|lucas)\b).{0,12}\b(?:is|are|me parece|seria|es|would be|sounds|seems)\b.{0,10}\b(?:fair|good|reasonable|enough|buen|bien|just[oa]|razonable|suficiente)\b/.test(
      said,
    )
  )
    raw.haggle = Math.max(raw.haggle ?? 0, 5)
  if (
    (raw.add ?? 0) > 0 &&
    /\b(?:it|them|lo|la|los|las|\w+(?:lo|la|los|las))\b.{0,8}\b(?:at|for|por|en|a) (?:solo |just |only )?(?:[£$€] ?\d|\d+(?:[.,]\d+)? ?(?:£|€|euros?|pesos?|pounds?|quid|dollars?|bucks?|soles|dolares|lucas)\b)/.test(
      said,
    )
  )
    raw.haggle = Math.max(raw.haggle ?? 0, (raw.add ?? 0) + 1)
  if (/\b(?:cuanto|precio)\b.{0,12}\b(?:me|nos) (?:l[oa]s? )?(?:dej\w+|haces?|haceis|harias?)\b/.test(said))
    raw.haggle = Math.max(raw.haggle ?? 0, (raw.price ?? 0) + 2)
  // "¿cuánto son 3 velas?" asks
  if (/\bcuant[oa]s?\b/.test(said)) delete raw.set_quantity
  // "I'm the owner of a café": of another place
  if (
    /\b(?:owner|manager|boss|due[nñ]\w|gerente|jef[ae]) (?:of|de) (?:an?|my|un|una|mi|otr[oa])\b/.test(said)
  )
    delete raw.injection
  // "¿qué llevo?", "¿cuántas llevo?": who asks does not order
  if (asksOfCart.test(said) || /^(?:[yep]|and|pero)? ?(?:cuant[oa]s?|how (?:many|much)|what) /.test(said))
    delete raw.add
  // "pop two feeders in my basket": where it goes, no question of what is in it
  if (
    (raw.add ?? 0) >= 4 &&
    entities.quantity !== null &&
    /\b(?:in|into|to|al|en|a) (?:my|the|mi|el|la|your)? ?(?:cart|basket|trolley|bag|carrito|cesta|carro|canasta)\b/.test(
      said,
    )
  )
    delete raw.view_cart
  // "¿se pueden meter en el microondas?": what may be done with it
  if (/\bse (?:puede|pueden|podria|podrian)\b/.test(said)) delete raw.add
  // "quita todos los farolillos": all of one thing
  if (
    /\b(?:tod[oa]s|all)\s+(?:of\s+)?(?:los|las|the|my|mis)\s+(?!pedidos?\b|cosas\b|productos\b|items\b|things\b|stuff\b)[a-z]/.test(
      said,
    )
  )
    delete raw.clear_cart
  // "I need a gift": a wish for advice
  if (
    /\b(?:a|un|some|algun) (?:gift|present|regalo|regalito|detalle)\b(?! (?:card|voucher|box|set))/.test(said)
  )
    delete raw.add
  let { intent, score, scores } = settle(raw)
  let phrase = productPhrase(text, tokens, features, entities, intent, span)
  // A bare amount of something is an order: "2 cojines y 1 lámpara".
  if (intent === null && phrase.nouns.length > 0 && entities.quantity?.article === false) {
    intent = 'add'
    score = 2.5
    scores.add = score
  }
  const plain = phrase.nouns.length === 0 && entities.options.length === 0 && entities.ordinals.length === 0
  const meant = entities.quantity
  // "no, mejor 4", "actually 3": the amount is another one
  if (
    plain &&
    meant !== null &&
    (intent === null || intent === 'deny' || intent === 'affirm') &&
    /\b(?:no|nope|mejor|al final|actually|rather|digo|perdon|perdona|espera|quise decir|i mean|i meant|sorry|wait)\b/.test(
      said,
    )
  ) {
    intent = 'set_quantity'
    score = 4
  }
  if (
    meant === null &&
    entities.options.length === 0 &&
    phrase.nouns.every((word) => word === 'doble') &&
    twice.test(said)
  ) {
    phrase = noPhrase
    intent = 'set_quantity'
    score = 4
  }
  if (text[(tokens[span.from]?.start ?? 0) - 1] === '+' && plain && meant !== null) {
    intent = 'more'
    score = 4
  }
  // "mejor en blanco", "actually the large one": another option of what was put in
  if (
    (intent === null || intent === 'deny' || intent === 'affirm') &&
    phrase.nouns.length === 0 &&
    entities.options.length > 0 &&
    /^(?:no |nope |uy |ay |perdon[ae]? |sorry )*(?:mejor|al final|actually|rather|instead)\b/.test(said)
  ) {
    intent = 'correct'
    score = 4
  }
  // "una sudadera M, por favor"
  if (
    intent === null &&
    phrase.nouns.length > 0 &&
    entities.quantity !== null &&
    tokens[span.from]?.asked === false &&
    /\b(?:por favor|porfa|porfavor|please)\b/.test(said)
  ) {
    intent = 'add'
    score = 4
  }
  // "dos de la primera y una de la segunda"
  if (
    intent === null &&
    entities.quantity !== null &&
    entities.ordinals.length === 1 &&
    phrase.content.length === 0 &&
    tokens[span.from]?.asked === false
  ) {
    intent = 'add'
    score = 3
  }
  // "two of each please"
  if (
    (intent === null || intent === 'affirm') &&
    entities.amount === 'each' &&
    entities.quantity !== null &&
    phrase.nouns.length === 0 &&
    tokens[span.from]?.asked === false
  ) {
    intent = 'add'
    score = 4
  }
  // "pues los dos", "both please"
  if (
    (intent === null || intent === 'affirm') &&
    entities.deictic === 'both' &&
    phrase.content.length === 0 &&
    tokens[span.from]?.asked === false
  ) {
    intent = 'add'
    score = 4
  }
  // "the fig one then, two"
  const tail = tokens[span.to - 1]
  if (
    (intent === null || intent === 'affirm') &&
    phrase.content.length + entities.ordinals.length > 0 &&
    meant?.article === false &&
    tail !== undefined &&
    numberOf(tail.word) !== null &&
    (tail.before === 'soft' || /^(?:then|entonces)$/.test(words.at(-2) ?? ''))
  ) {
    intent = 'add'
    score = 4
  }
  // "…y luego vino tinto tres botellas y ya está"
  if (intent === 'bye' && phrase.nouns.length > 0 && meant?.article === false) {
    intent = 'add'
    score = 2.5
  }
  // "3 kilos de tomates por favor"
  if (
    intent === null &&
    phrase.nouns.length > 0 &&
    entities.quantity === null &&
    entities.measures.length > 0 &&
    tokens[span.from]?.asked === false
  ) {
    intent = 'add'
    score = 2.5
  }
  // "¿cuántos grados tiene el vino?": a figure of the thing, not how many there are
  const figure = asksFigure.exec(said)
  if (intent === 'stock' && figure !== null) intent = 'attributes'
  // "y dos velas pequeñas para regalar": an order, whoever gets it
  if (
    intent === 'recommend' &&
    meant?.article === false &&
    phrase.nouns.length > 0 &&
    tokens[span.from]?.asked === false &&
    !/recom|aconsej|sug[ei]|\bideas?\b|recommend|suggest|advi[sc]e/.test(said)
  ) {
    intent = 'add'
    score = 2.5
  }
  // "¿cuántas velas llevo?"
  if (intent === null && asksOfCart.test(said)) {
    intent = 'view_cart'
    score = 4
  }
  // "both colors", "una de cada color"
  if (
    (entities.deictic === 'both' || entities.amount === 'each') &&
    phrase.nouns.every((word) => frame.test(word))
  )
    phrase = noPhrase
  // "quería…" alone only begins a wish.
  const points = entities.ordinals.length > 0 || entities.deictic !== null || entities.options.length > 0
  if (intent === 'add' && score < 3.9 && phrase.content.length === 0 && entities.quantity === null && !points)
    intent = 'ask'
  // "quiero" wishes to buy when it says how many or which one; otherwise it looks for something.
  if (
    intent === 'add' &&
    score < 3.9 &&
    phrase.nouns.length > 0 &&
    entities.quantity === null &&
    entities.measures.length === 0 &&
    !phrase.definite &&
    entities.ordinals.length === 0
  ) {
    intent = 'search'
    scores.search = score
  }
  if (intent !== null && talk.has(intent) && phrase.nouns.length > 0 && score < 4) {
    // Courtesy around a product: the product is meant.
    phrase = productPhrase(text, tokens, features, entities, null, span)
    if (
      intent === 'greet' ||
      intent === 'ask' ||
      intent === 'affirm' ||
      intent === 'deny' ||
      intent === 'thanks' ||
      intent === 'how_are_you'
    ) {
      intent = null
      score = 0
    }
  }
  // "what do you have in flannel": among what is named, not all there is
  if (intent === 'browse' && phrase.nouns.length > 0) {
    intent = (raw.recommend ?? 0) >= 3 ? 'recommend' : 'search'
    phrase = productPhrase(text, tokens, features, entities, intent, span)
  }
  // "¿cuántos trae la caja?": what the thing spoken of comes in
  if (
    (intent === 'attributes' || intent === 'price' || intent === 'stock') &&
    phrase.definite &&
    phrase.nouns.length > 0 &&
    phrase.nouns.every((word) => container.test(word))
  )
    phrase = noPhrase
  // "jersey a medida", "funda de tamaño grande": part of the name, not a question of it
  if (intent === 'attributes' && score < 3.9 && phrase.nouns.length > 0 && isPartOfName(tokens, features)) {
    intent = null
    score = 0
    phrase = productPhrase(text, tokens, features, entities, null, span)
  }
  // "is it machine washable?": about the thing spoken of, not about machines
  const about = text.slice(tokens[span.from]?.start ?? 0, tokens[span.to - 1]?.end ?? 0)
  const spoken = /\b(?:it|they|them)\b/i.test(about)
  if (intent === 'attributes' && spoken && entities.deictic === 'this') phrase = noPhrase
  const aspect =
    intent === 'attributes'
      ? features
          .filter((feature) => feature.intent === 'attributes')
          .flatMap((feature) => feature.tokens.map((at) => tokens[at]?.fixed ?? tokens[at]?.word ?? ''))
      : []
  const first = tokens[span.from]
  const last = tokens[span.to - 1]
  return {
    text: text.slice(first?.start ?? 0, last?.end ?? text.length),
    intent,
    score,
    scores,
    phrase,
    aspect: [...new Set(figure === null ? aspect : [...aspect, figure[1] ?? ''])],
    quantity: entities.quantity,
    measures: entities.measures,
    amount: entities.amount,
    ordinals: entities.ordinals,
    deictic: entities.deictic,
    options: entities.options,
    avoid: entities.avoid,
    budget: entities.budget,
    asked: first?.asked ?? false,
  }
}

function isEmpty(request: CustomerRequest): boolean {
  return (
    request.intent === null &&
    request.phrase.content.length === 0 &&
    request.quantity === null &&
    request.amount === null &&
    request.ordinals.length === 0 &&
    request.deictic === null &&
    request.options.length === 0 &&
    request.budget === null
  )
}

/** Reads one message (or a burst joined with line breaks). Pure; typically well under a millisecond. */
export function understand(message: string): Understanding {
  // Telegram opens a chat with a command of its own.
  const text = message
    .slice(0, 4000)
    .replace(/^\/start\S*/, 'hola')
    // "una tarjeta que ponga felicidades": what is to be written on it is no part of what is wished
    .replace(
      /(?<=(?:tarjeta|nota|cartel|etiqueta|dedicatoria|card|note)\S*)\s+(?:que|that|which)\s+(?:pongan?|digan?|says?|reads?)\s[^,;.\n]*/giu,
      '',
    )
  const tokens = tokensOf(text)
  const first = detectLanguage(tokens, [])
  const sure = first.score >= 0.6 ? first.language : null
  for (const token of tokens) {
    token.fixed = correct(token.word, sure)
    // "panela" is a thing, no "pónela": an order is not read into what merely looks like it
    if (
      token.fixed !== null &&
      ordersWithPronoun.has(token.fixed) &&
      soundKey(token.word) !== soundKey(token.fixed)
    )
      token.fixed = null
    // "a tote an 2 socks"
    if (
      sure === 'en' &&
      token.word === 'an' &&
      numberOf(tokens[tokens.indexOf(token) + 1]?.word ?? '') !== null
    )
      token.word = 'and'
    // "2 velas i una bufanda"
    if (sure === 'es' && token.word === 'i') token.word = 'y'
  }
  const features = findFeatures(tokens).filter((feature) => !tellsWhich(tokens, feature))
  const { language, score } = detectLanguage(tokens, features)
  const requests = segment(tokens, features)
    .map((span) => readSpan(text, tokens, features, span))
    .filter((request) => !isEmpty(request))
  return {
    language,
    languageScore: score,
    formOfAddress: detectFormOfAddress(tokens, text),
    requests: amountsOfEach(joinHalves(ordersOf(requests))),
  }
}
