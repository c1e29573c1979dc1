import type { Entities } from './entities.ts'
import type { Intent } from './intents.ts'
import type { Feature } from './lexicon/compile.ts'
import { clauseOpeners, englishStopWords, spanishStopWords } from './lexicon/words.ts'
import type { Token } from './normalise.ts'
import { container, isOption } from './options.ts'

/** The words of a request that name what it is about. */
export interface ProductPhrase {
  /** As the customer wrote it, '' when the request names nothing. */
  text: string
  /** Folded words with content, options included. */
  content: string[]
  /** Content words that are no size, colour or measure. */
  nouns: string[]
  /** Preceded by "el", "la", "the": one that both sides know. */
  definite: boolean
}

export const noPhrase: ProductPhrase = { text: '', content: [], nouns: [], definite: false }

/** Their words frame a request and are never what it is about. */
const framing: ReadonlySet<Intent> = new Set<Intent>([
  'greet',
  'thanks',
  'how_are_you',
  'ask',
  'search',
  'price',
  'stock',
  'bye',
  'browse',
  'cheapest',
  'dearest',
])

export function isStopWord(word: string): boolean {
  return spanishStopWords.has(word) || englishStopWords.has(word)
}

const joining = /^(?:de|del|con|sin|para|en|in|with|for|of|from|without)$/

/** Intents whose object follows the words that speak for them. */
const leading: ReadonlySet<Intent | null> = new Set<Intent | null>([
  'search',
  'stock',
  'price',
  'add',
  'more',
  'remove',
])

/** Where the words end that first speak for the intent: what a long tale says before them is not what is asked for. */
function cueEnd(features: readonly Feature[], intent: Intent | null): number {
  if (!leading.has(intent)) return 0
  const cues = features.filter((feature) => feature.intent === intent && feature.weight >= 3)
  return Math.min(...cues.map((feature) => feature.from), Number.POSITIVE_INFINITY)
}

/** Takes the longest run of words that neither speak for the chosen intent nor frame the request. */
export function productPhrase(
  text: string,
  tokens: readonly Token[],
  features: readonly Feature[],
  entities: Entities,
  intent: Intent | null,
  span: { from: number; to: number },
): ProductPhrase {
  const consumed = new Set<number>(entities.used)
  for (const feature of features) {
    const strong =
      feature.intent === intent ||
      (framing.has(feature.intent) && feature.weight >= (feature.intent === 'ask' ? 1 : 2))
    // "perfecto, quiero una" – but "azul claro" keeps its word
    if (feature.intent === 'affirm' && feature.from === span.from)
      for (const at of feature.tokens) consumed.add(at)
    const cart =
      feature.intent === 'view_cart' && intent !== null && /^(?:add|more|remove|set_quantity)$/.test(intent)
    if (cart) for (const at of feature.tokens) consumed.add(at)
    const verbs = feature.intent === 'add' || feature.intent === 'more'
    if (strong || (verbs && feature.weight >= 3)) for (const at of feature.tokens) consumed.add(at)
  }
  const runs: number[][] = []
  let run: number[] = []
  const close = (): void => {
    while (run.length > 0 && isStopWord(tokens[run[0] ?? 0]?.word ?? '')) run.shift()
    while (run.length > 0 && isStopWord(tokens[run.at(-1) ?? 0]?.word ?? '')) run.pop()
    if (run.length > 0) runs.push(run)
    run = []
  }
  for (let index = span.from; index < span.to; index++) {
    const word = tokens[index]?.word ?? ''
    if (clauseOpeners.has(word) && run.some((at) => !isStopWord(tokens[at]?.word ?? ''))) break
    if (consumed.has(index) || word === 'que' || clauseOpeners.has(word) || /^[€£$%]$/.test(word)) close()
    else run.push(index)
  }
  close()
  const contentOf = (list: readonly number[]): string[] =>
    list.map((at) => tokens[at]?.word ?? '').filter((word) => !isStopWord(word))
  const nounsOf = (list: readonly number[]): string[] =>
    contentOf(list).filter((word) => !isOption(word) && !/^\d+$/.test(word))
  const thingsOf = (list: readonly number[]): number =>
    nounsOf(list).filter((word) => !container.test(word)).length + (nounsOf(list).length > 0 ? 0.5 : 0)
  let best: number[] = []
  // "quería decir guantes", "no, la grande": what is meant comes after
  const turning = features
    .filter((feature) => feature.intent === 'correct' && intent === 'correct')
    .map((feature) => feature.to)
  const after = runs.filter((candidate) => turning.length > 0 && (candidate[0] ?? 0) >= Math.min(...turning))
  const cued = runs.filter((candidate) => (candidate[0] ?? 0) >= cueEnd(features, intent))
  const told = cued.some((candidate) => nounsOf(candidate).length > 0) ? cued : runs
  for (const candidate of after.length > 0 ? after.slice(-1) : told) {
    const before = candidate[0] ?? 0
    const tied = tokens[before - 1]?.word ?? ''
    // "guantes de esos que valen para el móvil": the clause tells more of what was named
    if (/^(?:que|q)$/.test(tied) && leading.has(intent) && nounsOf(best).length > 0) continue
    if (best.length > 0 && joining.test(tied) && nounsOf(best).length > 0) best = [...best, ...candidate]
    else if (best.length === 0 || thingsOf(candidate) > thingsOf(best)) best = candidate
  }
  if (best.length === 0) return noPhrase
  const words: string[] = []
  let previous: number | null = null
  for (const at of best) {
    const token = tokens[at]
    if (token === undefined) continue
    const prior: number | null = previous
    words.push(prior !== null && at > prior + 1 ? `${tokens[at - 1]?.raw ?? ''} ${token.raw}` : token.raw)
    previous = at
  }
  return {
    text: words.join(' ').trim() || text,
    content: contentOf(best),
    nouns: nounsOf(best),
    definite: /^(?:el|la|los|las|the|del|al)$/.test(tokens[(best[0] ?? 0) - 1]?.word ?? ''),
  }
}
