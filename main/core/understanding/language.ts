import type { FormOfAddress, Language } from '../engines/engine.ts'
import type { Feature } from './lexicon/compile.ts'
import { englishStopWords, spanishStopWords } from './lexicon/words.ts'
import type { Token } from './normalise.ts'

const shared = new Set(
  [...spanishStopWords]
    .filter((word) => englishStopWords.has(word))
    .concat([
      'no',
      'me',
      'a',
      'he',
      'is',
      'es',
      'con',
      'mate',
      'in',
      'on',
      'son',
      'pm',
      'am',
      'dime',
      'once',
      'can',
      'real',
      'color',
    ]),
)

/**
 * The language a message is written in, null when nothing in it tells ("ok", "M", "2").
 * `score` is between 0 and 1: how much of what was told speaks for that language.
 */
export function detectLanguage(
  tokens: readonly Token[],
  features: readonly Feature[],
): { language: Language | null; score: number } {
  const votes = { es: 0, en: 0 }
  for (const token of tokens) {
    if (/[ñ¿¡áéíóú]/i.test(token.raw)) votes.es += 1
    if (/['’](?:s|ll|d|ve|re|m|t)$/i.test(token.raw)) votes.en += 2
    if (shared.has(token.word)) continue
    if (spanishStopWords.has(token.word)) votes.es += 1
    if (englishStopWords.has(token.word)) votes.en += 1
  }
  const told = new Map<number, { es: boolean; en: boolean }>()
  for (const feature of features)
    for (const at of feature.tokens) {
      const known = told.get(at) ?? { es: false, en: false }
      known[feature.language] = true
      told.set(at, known)
    }
  for (const { es, en } of told.values()) {
    if (es && !en) votes.es += 1
    if (en && !es) votes.en += 1
  }
  const total = votes.es + votes.en
  if (total === 0 || votes.es === votes.en) return { language: null, score: 0 }
  const language = votes.es > votes.en ? 'es' : 'en'
  // One word alone may be a name or a borrowing: it hints, and changes no language that is known.
  return { language, score: (votes[language] / total) * (total > 1 ? 1 : 0.5) }
}

const vosWords =
  /^(?:vos|tenes|queres|podes|sos|decime|mandame|contame|mostrame|poneme|haceme|haces|sabes|venis|vendes|fijate|mira|che|avisame|dale|pasame|necesitas|hacés|recomendas|aconsejas)$/
const vosSure =
  /^(?:vos|tenes|queres|podes|sos|decime|contame|mostrame|poneme|haceme|venis|che|recomendas|aconsejas|dejame|tendrias)$/
const accentedVos =
  /(?:^|\s)(?:mandá|pasá|poné|sumá|agregá|dejá|hacés|sabés|vendés|mostrá|fijate|reservá|guardá|anotá)(?:me|lo|la|los|las)*(?:\s|$|[,.!?])/i
const tuWords =
  /^(?:tienes|quieres|puedes|eres|dime|ponme|tu|ti|contigo|oye|dame|teneis|podeis|vendeis|haceis|sois|enviais|abris|cerrais|aceptais|vosotros|estais|os|cuentame|ensename|recomiendas|podrias|sabes|haces|muestrame|perdona|mira|disculpa|enviame|apuntame)$/
const ustedWords =
  /^(?:usted|disculpe|digame|deme|pongame|mandeme|perdone|mire|oiga|permitame|regaleme|vendame|muestreme|enseneme|apunteme|agregueme|aparteme|cuenteme|indiqueme|senor|senora|don|dona|informeme|confirmeme|envieme|ayudeme|quiteme)$/

/** How the customer addresses the shop, null when no word tells. Plural "ustedes" of America tells nothing. */
export function detectFormOfAddress(tokens: readonly Token[], text: string): FormOfAddress | null {
  const votes = { tu: 0, usted: 0, vos: 0 }
  if (accentedVos.test(text)) votes.vos += 2
  tokens.forEach((token, index) => {
    const { word } = token
    if (vosSure.test(word)) votes.vos += 2
    else if (ustedWords.test(word)) votes.usted += 2
    else if (tuWords.test(word)) votes.tu += vosWords.test(word) ? 0.5 : 1
    // "me puede", "me da": third person to one listener
    if (
      /^(?:me|nos)$/.test(word) &&
      /^(?:puede|podria|da|regala|vende|hace|colabora|ayuda|confirma|dice|manda|pone|recomienda|envia|aparta|separa|deja|permite)$/.test(
        tokens[index + 1]?.word ?? '',
      ) &&
      !/^(?:igual|lo)$/.test(tokens[index + 2]?.word ?? '')
    )
      votes.usted += 1
  })
  const best = (['vos', 'usted', 'tu'] as const).reduce((a, b) => (votes[b] > votes[a] ? b : a))
  return votes[best] > 0 ? best : null
}

/** What a shop of that country says to a customer who has not told yet. */
export function usualFormOfAddress(country: string): FormOfAddress {
  if (['AR', 'UY', 'PY'].includes(country)) return 'vos'
  return country === 'CO' || country === 'CR' ? 'usted' : 'tu'
}
