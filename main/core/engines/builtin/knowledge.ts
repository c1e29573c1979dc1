import { fold } from '../../understanding/normalise.ts'
import { isStopWord } from '../../understanding/phrase.ts'
import type { CustomerRequest } from '../../understanding/service.ts'
import { sameWord } from './match.ts'
import type { InformationData } from './tool-data.ts'
import { informationData, read } from './tool-data.ts'
import type { Asking } from './turn.ts'

function contentWords(text: string): string[] {
  return fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !isStopWord(word))
}

/** Share of the question's words with content that an entry answers to. */
export function entryFit(entry: { question: string; answer: string }, request: CustomerRequest): number {
  const words = [...new Set(contentWords(request.text))]
  const own = contentWords(`${entry.question} ${entry.answer}`)
  if (words.length === 0) return 0
  return words.filter((word) => own.some((other) => sameWord(word, other))).length / words.length
}

/** The entry that answers the question best, null when none speaks of it. */
export function fittingEntry(
  data: InformationData | null,
  request: CustomerRequest,
  strict = false,
): string | null {
  let best: string | null = null
  let most = strict || data?.answered !== true ? 0.5 : 0.24
  for (const entry of data?.entries ?? []) {
    if (strict && entry.topic !== 'faq' && entry.topic !== 'note') continue
    const fit = entryFit(entry, request)
    if (fit > most) {
      best = entry.answer
      most = fit
    }
  }
  return best
}

/** The question without the words that carry nothing; the whole of it when nothing is left. */
export function questionOf(request: CustomerRequest): string {
  return (contentWords(request.text).join(' ') || request.text).slice(0, 300)
}

/** Asks the shop's knowledge the customer's own question. */
export function* knowledgeEntry(request: CustomerRequest): Asking<string | null> {
  const [result] = yield [
    { name: 'shop_information', arguments: { topic: 'faq', query: questionOf(request) } },
  ]
  return fittingEntry(read(informationData, result), request, true)
}
