import type { Absence } from '../../preload/contract/index.ts'
import type { CliLanguage } from './texts.ts'

/** What the command line says of pauses, absences and drafts. */
const words = {
  serving: { es: 'El asistente contesta.', en: 'The assistant answers.' },
  paused: {
    es: 'El asistente está en pausa en todas las conversaciones desde {since}{by}.',
    en: 'The assistant has been paused in all conversations since {since}{by}.',
  },
  silent: {
    es: 'Nadie ha contestado: el asistente está en pausa.',
    en: 'Nobody has answered: the assistant is paused.',
  },
  pausedBy: { es: ' ({by})', en: ' ({by})' },
  drafts: { es: 'Respuestas por revisar: {count}', en: 'Replies to be looked at: {count}' },
  noDrafts: { es: 'No hay respuestas por revisar.', en: 'There are no replies to be looked at.' },
  draftSent: { es: 'Respuesta enviada.', en: 'Reply sent.' },
  draftDismissed: { es: 'Borrador descartado.', en: 'Draft put away.' },
  draftRetried: { es: 'Se escribe otra vez.', en: 'It is being written again.' },
  absence: {
    es: '{reason}, de {from} a {to}: {messages} mensajes en {conversations} conversaciones; contestadas {answered}, borradores {drafts}',
    en: '{reason}, from {from} to {to}: {messages} messages in {conversations} conversations; {answered} answered, {drafts} drafts',
  },
  now: { es: 'ahora', en: 'now' },
} satisfies Record<string, Record<CliLanguage, string>>

const reasons: Record<Absence['reason'], Record<CliLanguage, string>> = {
  off: { es: 'apagado', en: 'off' },
  asleep: { es: 'en reposo', en: 'asleep' },
  disconnected: { es: 'sin conexión', en: 'disconnected' },
  paused: { es: 'en pausa', en: 'paused' },
}

export function sayOfServing(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, unknown> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}

export function absenceText(absence: Absence, language: CliLanguage): string {
  const { startedAt, endedAt, reason } = absence
  return sayOfServing('absence', language, {
    ...absence,
    reason: reasons[reason][language],
    from: localTime(startedAt, language),
    to: endedAt === null ? words.now[language] : localTime(endedAt, language),
  })
}

/** An instant in the time zone of this computer. */
export function localTime(at: string, language: CliLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at))
}
