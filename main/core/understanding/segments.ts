import { absorbs } from './decide.ts'
import type { Intent } from './intents.ts'
import type { Feature } from './lexicon/compile.ts'
import { englishStopWords, spanishStopWords, units } from './lexicon/words.ts'
import type { Token } from './normalise.ts'
import { articles, notPieces, numberOf, tensWord } from './numbers.ts'
import { isOption } from './options.ts'

/** A stretch of tokens that asks for one thing. */
export interface Span {
  from: number
  to: number
}

const connectors = new Set([
  'y',
  'e',
  'and',
  'tambien',
  'ademas',
  'pero',
  'but',
  'also',
  'plus',
  'luego',
  'then',
  'entonces',
  'so',
  'aparte',
  'otra',
  'bueno',
  'ah',
  'oh',
])
const talk: ReadonlySet<Intent> = new Set<Intent>([
  'greet',
  'thanks',
  'bye',
  'affirm',
  'deny',
  'how_are_you',
  'ask',
])
const starters =
  /^(?:cuant|cual|cuand|dond|como|que$|a$|hac|acept|teneis|tienen|tienes|tiene|tenes|hay|envi|pued|pod|me$|se$|abr|cierr|quit|pon|anad|agreg|how|what|where|when|which|do$|does|can|could|is$|are$|have|add|remove|ill|id$|whats|wheres|hows|mand|quiero|dame|deme|entreg)/

function isFiller(word: string): boolean {
  return connectors.has(word) || spanishStopWords.has(word) || englishStopWords.has(word)
}

function opensRequest(
  tokens: readonly Token[],
  features: readonly Feature[],
  at: number,
  to: number,
): boolean {
  for (let index = at; index < Math.min(to, at + 7); index++) {
    if (
      features.some((feature) => feature.from === index && feature.weight >= 3 && !talk.has(feature.intent))
    )
      return true
    if (!isFiller(tokens[index]?.word ?? '')) return false
  }
  return false
}

function hasSubstance(
  tokens: readonly Token[],
  features: readonly Feature[],
  from: number,
  to: number,
): boolean {
  if (
    features.some(
      (feature) =>
        feature.from >= from && feature.to <= to && feature.weight >= 2 && feature.intent !== 'ask',
    )
  )
    return true
  return tokens.slice(from, to).some((token) => !isFiller(token.word))
}

const countable: ReadonlySet<Intent> = new Set<Intent>([
  'add',
  'more',
  'remove',
  'set_quantity',
  'price',
  'search',
])

function countsFrom(tokens: readonly Token[], start: number): boolean {
  return tokens
    .slice(start, start + 3)
    .some(
      (token) =>
        numberOf(token.word) !== null || /^(?:medio|media|half|unos|unas|some|par|couple)$/.test(token.word),
    )
}

/** Intents of which a clause may name several things: "el plato y la taza", "the pot and the trowel". */
const listable: ReadonlySet<Intent> = new Set<Intent>([...countable, 'stock', 'photo'])
const definiteArticle = /^(?:el|la|los|las|the)$/
const softeners =
  /^(?:quizas?|quiza|tal|vez|maybe|perhaps|possibly|tambien|also|ya|luego|then|aparte|ademas)$/

/** Whether an article and the name of a thing stand at `at`: another thing than the one named before. */
function namesAnother(
  tokens: readonly Token[],
  features: readonly Feature[],
  start: number,
  open: number,
  to: number,
): boolean {
  if (!definiteArticle.test(tokens[open]?.word ?? '') || open + 1 >= to) return false
  const word = tokens[open + 1]?.word ?? ''
  if (isFiller(word) || isOption(word) || /^\d/.test(word) || numberOf(word) !== null) return false
  const all = features.filter((feature) => feature.from >= start && feature.to <= to)
  // What compares things, or asks of the shop, needs them all.
  if (
    all.some((feature) => feature.weight >= 3 && !listable.has(feature.intent) && !talk.has(feature.intent))
  )
    return false
  const left = tokens.slice(start, open)
  const named = left.some(
    (token, index) =>
      !isFiller(token.word) &&
      !isOption(token.word) &&
      !features.some((feature) => feature.weight >= 2 && feature.tokens.includes(start + index)),
  )
  return named && all.some((feature) => feature.weight >= 2 && listable.has(feature.intent))
}

/** "…la lámpara con envío a Getafe": the delivery of what was asked for or ordered is a question of its own. */
function startsDelivery(
  tokens: readonly Token[],
  features: readonly Feature[],
  start: number,
  index: number,
): boolean {
  if (!/^(?:con|mas|incluyendo|with|plus|including)$/.test(tokens[index]?.word ?? '')) return false
  const ships = features.some(
    (feature) => feature.intent === 'delivery' && (feature.from === index + 1 || feature.from === index + 2),
  )
  const left = features.filter(
    (feature) => feature.from >= start && feature.to <= index && feature.weight >= 3,
  )
  const named = tokens
    .slice(start, index)
    .some(
      (token, at) =>
        !isFiller(token.word) &&
        !left.some((feature) => feature.tokens.includes(start + at)) &&
        numberOf(token.word) === null,
    )
  return ships && named && left.some((feature) => listable.has(feature.intent))
}

const countedIn =
  /^(?:docenas?|dozen|par|pares|kilos?|libras?|litros?|cajas?|botellas?|bolsas?|mallas?|paquetes?|bottles?|boxes|bags|packets?|pairs?)$/

/** "5 lapices 2 tijeras": a digit after a name begins the next line of a list. */
function countsNext(tokens: readonly Token[], start: number, index: number, to: number): boolean {
  const current = tokens[index]?.word ?? ''
  const next = tokens[index + 1]?.word ?? ''
  const before = tokens[index - 1]?.word ?? ''
  // "de la M una sudadera": after an option the article begins another thing
  if (
    /^(?:una?|dos|tres|cuatro|cinco|seis|two|three|four|five|six)$/.test(current) &&
    index + 1 < to &&
    next.length > 3 &&
    !isFiller(next) &&
    !isOption(next) &&
    (!countedIn.test(next) || tokens[index + 2]?.word === 'de' || tokens[index + 2]?.word === 'of') &&
    (isOption(before) ||
      (countedIn.test(next) && !isFiller(before)) ||
      (!articles.has(current) && !isFiller(before) && !/^\d/.test(before) && numberOf(before) === null)) &&
    tokens.slice(start, index - 1).some((token) => numberOf(token.word) !== null)
  )
    return true
  return (
    /^\d{1,2}$/.test(current) &&
    index + 1 < to &&
    next.length > 3 &&
    !notPieces.test(next) &&
    !Object.hasOwn(units, next) &&
    !isFiller(next) &&
    !isFiller(before) &&
    !/^(?:talla|tallas|talle|size|numero|num|nro|no|opcion|option)$/.test(before) &&
    tokens.slice(start, index - 1).some((token) => numberOf(token.word) !== null)
  )
}

/** Places where one sentence turns to another request: after a connector or comma, or at a new question word. */
function splitSentence(tokens: readonly Token[], features: readonly Feature[], span: Span): Span[] {
  const cuts: number[] = []
  let start = span.from
  for (let index = span.from + 1; index < span.to; index++) {
    const token = tokens[index]
    if (token === undefined || !hasSubstance(tokens, features, start, index)) continue
    const afterConnector = connectors.has(token.word)
    const afterComma = token.before === 'soft'
    const left = features.filter(
      (feature) =>
        feature.from >= start && feature.to <= index && feature.weight >= 3 && !talk.has(feature.intent),
    )
    const sofar = features.filter(
      (feature) => feature.from >= span.from && feature.to <= index && feature.weight >= 3,
    )
    let cut = false
    if (afterConnector || afterComma) {
      let open = afterConnector ? index + 1 : index
      while (open < span.to - 1 && softeners.test(tokens[open]?.word ?? '')) open++
      cut = opensRequest(tokens, features, open, span.to)
      // "dos camisetas y un gorro": a new amount continues the same wish
      const amount =
        numberOf(tokens[open]?.word ?? '') ??
        (/^(?:medio|media|half|otro|otra|another|some|unos|unas)$/.test(tokens[open]?.word ?? '') ? 1 : null)
      if (
        !cut &&
        amount !== null &&
        tokens[open + 1] !== undefined &&
        open + 1 < span.to &&
        (sofar.some((feature) => listable.has(feature.intent)) || countsFrom(tokens, start))
      )
        cut =
          !/^(?:y|and|media|half)$/.test(tokens[open + 1]?.word ?? '') &&
          // "docena y media de", "treinta y dos"
          !(
            /^(?:medio|media)$/.test(tokens[open]?.word ?? '') &&
            /^(?:docena|kilo|litro|par)$/.test(tokens[index - 1]?.word ?? '')
          ) &&
          !(tensWord(tokens[index - 1]?.word ?? '') && amount < 10)
      // "…y luego vino tinto tres botellas"
      if (
        !cut &&
        afterConnector &&
        open > index + 1 &&
        open < span.to - 1 &&
        !isFiller(tokens[open]?.word ?? '') &&
        sofar.some((feature) => feature.intent === 'add')
      )
        cut = true
      // "…y saber si el mate viene en negro"
      if (
        !cut &&
        /^(?:saber|preguntar\w*|consultar\w*|ver|know|ask|check|see|wondering)$/.test(
          tokens[open]?.word ?? '',
        ) &&
        /^(?:si|que|cuanto|cuando|donde|cual|if|whether|how|what)$/.test(tokens[open + 1]?.word ?? '')
      )
        cut = true
      if (!cut) cut = namesAnother(tokens, features, start, open, span.to)
      if (!cut && afterComma) {
        const talked = features.some(
          (feature) =>
            feature.from === start &&
            ['greet', 'thanks', 'affirm', 'deny'].includes(feature.intent) &&
            feature.to >= index,
        )
        cut = talked
      }
    } else if (startsDelivery(tokens, features, start, index)) cut = true
    else if (countsNext(tokens, start, index, span.to)) {
      cut = left.some((feature) => countable.has(feature.intent)) || left.length === 0
    } else if (starters.test(token.word) && left.length > 0) {
      cut = features.some(
        (feature) =>
          feature.from === index &&
          feature.weight >= 4 &&
          !talk.has(feature.intent) &&
          !left.some(
            (known) => absorbs(known.intent, feature.intent) || absorbs(feature.intent, known.intent),
          ),
      )
    } else if (features.some((feature) => feature.from < index && feature.to > index)) cut = false
    // never inside a phrase of the lexicon
    if (
      cut &&
      features.some(
        (feature) =>
          feature.weight >= 4 &&
          feature.tokens.length > 1 &&
          feature.from < index &&
          feature.tokens.includes(index) &&
          feature.tokens.some((at) => at < index),
      )
    )
      cut = false
    if (cut) {
      cuts.push(index)
      start = index
    }
  }
  const bounds = [span.from, ...cuts, span.to]
  return bounds.slice(0, -1).map((from, index) => ({ from, to: bounds[index + 1] ?? span.to }))
}

/** Splits a message into the stretches that each ask for one thing. */
export function segment(tokens: readonly Token[], features: readonly Feature[]): Span[] {
  const sentences: Span[] = []
  tokens.forEach((token, index) => {
    if (index === 0 || token.before === 'hard') sentences.push({ from: index, to: index + 1 })
    const last = sentences.at(-1)
    if (last !== undefined) last.to = index + 1
  })
  return sentences.flatMap((sentence) => splitSentence(tokens, features, sentence))
}
