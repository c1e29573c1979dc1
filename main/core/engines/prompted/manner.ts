import { usualFormOfAddress } from '../../understanding/language.ts'
import { understand } from '../../understanding/service.ts'
import { readDialogue } from '../builtin/state.ts'
import type { EngineRequest, FormOfAddress, Language } from '../engine.ts'

/** In which language, and how, this turn is answered. */
export interface Manner {
  language: Language
  /** Null where the language has none. */
  formOfAddress: FormOfAddress | null
}

/** Told by the customer's own words, what is known of them, the owner's wish and the shop's country, in that order of certainty. */
export function mannerOf(request: EngineRequest): Manner {
  const text = request.input.map((message) => message.text).join('\n')
  const understood = understand(text)
  const dialogue = readDialogue(request.state)
  const wish = request.prompt?.personality
  const shopLanguage: Language = request.shop.locale.toLowerCase().startsWith('en') ? 'en' : 'es'
  const known = dialogue.language ?? request.customer.language
  const sure = understood.language !== null && (known === null || understood.languageScore >= 0.6)
  const heard = sure ? understood.language : (known ?? understood.language)
  const language =
    wish === undefined || wish.language === 'customer' ? (heard ?? shopLanguage) : wish.language
  if (language !== 'es') return { language, formOfAddress: null }
  const wanted = wish === undefined || wish.formOfAddress === 'auto' ? null : wish.formOfAddress
  const formOfAddress =
    wanted ??
    understood.formOfAddress ??
    dialogue.formOfAddress ??
    request.customer.formOfAddress ??
    usualFormOfAddress(request.shop.country)
  return { language, formOfAddress }
}
