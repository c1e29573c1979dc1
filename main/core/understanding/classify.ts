import type { FormOfAddress, Language } from '../engines/engine.ts'
import type { MessageClass } from './intents.ts'
import { classOf, messageClasses } from './intents.ts'
import { understand } from './understand.ts'

export interface Classification {
  class: MessageClass
  score: number
  scores: Partial<Record<MessageClass, number>>
  language: Language
  formOfAddress: FormOfAddress | null
}

const classRank: readonly MessageClass[] = [
  'complaint',
  'human_wanted',
  'appointment',
  'purchase',
  'shop_information',
  'catalog_question',
  'other',
  'greeting',
]

/** Somebody tells of themselves: no question of the catalog. */
const aboutOneself = /^\s*(?:i['’]?m|i am|im|my|estoy|soy|mi|mis|quien|quién|who)\b/i

/** The class of a whole message, for the desk and the figures. Wishes outrank courtesy; trouble outranks wishes. */
export function classify(text: string, context: { language?: Language } = {}): Classification {
  const understood = understand(text)
  const scores: Partial<Record<MessageClass, number>> = {}
  for (const request of understood.requests) {
    const bare = request.phrase.nouns.length > 0 && !aboutOneself.test(request.text)
    const intent = request.intent ?? (bare ? 'search' : null)
    if (intent === null) continue
    const name = classOf[intent]
    const weight = request.intent === null ? (request.asked ? 2 : 1) : Math.max(1, request.score)
    scores[name] = Math.max(
      scores[name] ?? 0,
      name === 'greeting' || intent === 'affirm' || intent === 'deny' || intent === 'ask'
        ? weight * 0.25
        : weight,
    )
  }
  let best: MessageClass = 'other'
  let score = 0
  for (const name of classRank) {
    if (!messageClasses.includes(name)) continue
    const value =
      (scores[name] ?? 0) +
      (name === 'complaint' || name === 'human_wanted' ? ((scores[name] ?? 0) > 4 ? 3 : 0) : 0)
    if (value > score) {
      best = name
      score = value
    }
  }
  return {
    class: best,
    score,
    scores,
    language: understood.language ?? context.language ?? 'es',
    formOfAddress: understood.formOfAddress,
  }
}
