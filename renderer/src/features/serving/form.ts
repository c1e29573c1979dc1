import type { ServingSettings } from '../../../../preload/contract/index.ts'

/** The form of how people are served. Minutes are texts, as a list of choices has them; an empty one is never. */
export interface ServingForm {
  disclosureOn: boolean
  disclosureEs: string
  disclosureEn: string
  handBack: string
  answerWithin: string
  notification: boolean
  sound: boolean
  messenger: boolean
  voiceNotes: ServingSettings['voiceNotes']
}

export function formOf(settings: ServingSettings): ServingForm {
  const { disclosure, handBackMinutes, answerWithinMinutes, callOwner, voiceNotes } = settings
  return {
    disclosureOn: disclosure.enabled,
    disclosureEs: disclosure.es,
    disclosureEn: disclosure.en,
    handBack: handBackMinutes === null ? '' : String(handBackMinutes),
    answerWithin: String(answerWithinMinutes),
    ...callOwner,
    voiceNotes,
  }
}

export function settingsOf(form: ServingForm): ServingSettings {
  return {
    disclosure: {
      enabled: form.disclosureOn,
      es: form.disclosureEs.trim(),
      en: form.disclosureEn.trim(),
    },
    handBackMinutes: form.handBack === '' ? null : Number(form.handBack),
    answerWithinMinutes: Number(form.answerWithin),
    callOwner: { notification: form.notification, sound: form.sound, messenger: form.messenger },
    voiceNotes: form.voiceNotes,
  }
}

/** Minutes that are offered; what is set already is offered too. */
export function choicesWith(usual: readonly number[], set: string): number[] {
  const chosen = Number(set)
  if (set === '' || usual.includes(chosen)) return [...usual]
  return [...usual, chosen].sort((one, other) => one - other)
}

export const handBackChoices = [15, 30, 60, 120, 240, 480, 720, 1440, 2880]
export const answerChoices = [15, 30, 60, 120, 240, 480, 720, 1440]

/** `30 minutos`, `12 horas`, `2 días`: in the largest unit that is exact. */
export function minutesText(minutes: number, language: string): string {
  const [value, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
