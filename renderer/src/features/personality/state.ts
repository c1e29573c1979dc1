import type { Personality } from '../../../../preload/contract/index.ts'

export const tones = ['warm', 'neutral', 'formal', 'playful'] as const
export const forms = ['auto', 'tu', 'usted', 'vos'] as const
export const emojis = ['none', 'some'] as const
export const lengths = ['short', 'normal'] as const
export const answerLanguages = ['customer', 'es', 'en'] as const

export const MOST_RULES = 20
export const RULE_LENGTH = 300

/** The personality as the form holds it: rules with keys, so that they can be moved. */
export interface PersonalityForm extends Omit<Personality, 'rules'> {
  rules: { key: string; text: string }[]
}

export function formOf(personality: Personality): PersonalityForm {
  return { ...personality, rules: personality.rules.map((text, index) => ({ key: `kept-${index}`, text })) }
}

/** Empty rules are left out. */
export function personalityOf(form: PersonalityForm): Personality {
  return {
    ...form,
    assistantName: form.assistantName.trim(),
    rules: form.rules.map((rule) => rule.text.trim()).filter((text) => text !== ''),
  }
}
