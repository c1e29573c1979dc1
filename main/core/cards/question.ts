import { fold } from '../understanding/normalise.ts'
import { subjectKey, wishedFor } from '../understanding/subject.ts'
import type { CardKind } from './card.ts'

const longestQuestion = 300

/** A customer's words as the owner reads them: one line, no signs that turn or hide text, bounded. */
export function cleanQuestion(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= longestQuestion) return line
  const cut = line.slice(0, longestQuestion - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestQuestion / 2)).trimEnd()}…`
}

/** The words by which the same question is known again; empty when it says nothing. */
export function questionKey(kind: CardKind, question: string): string {
  return kind === 'product' ? wishedFor(question).key : subjectKey(question)
}

/** What a card is about in a few words: the product named, or the question itself. */
export function subjectOf(kind: CardKind, question: string): string {
  const name = kind === 'product' ? wishedFor(question).name : ''
  if (name !== '' && name.length <= 60) return name
  return question.length <= 120 ? question : `${question.slice(0, 119).trimEnd()}…`
}

/** A name for the catalog from what was asked for. */
export function productNameOf(question: string): string {
  const name = wishedFor(question).name || question
  const bare = name.replace(/^[¿¡\s]+|[?!.\s]+$/g, '').slice(0, 200)
  // "iPhone" is written as it is.
  if (/\p{Lu}/u.test(bare)) return bare
  return bare.charAt(0).toLocaleUpperCase('es') + bare.slice(1)
}

const days = 'lunes|martes|miercoles|jueves|viernes|sabado|domingo'
const englishDays = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday'
const passing = new RegExp(
  String.raw`\b(?:hoy|ayer|ahora|anoche|pasado manana|(?<!\bla )manana|est[ae] (?:semana|tarde|noche|manana|mes|finde|fin|${days})|proxim[oa]s?|que viene|de momento|por ahora|today|tomorrow|yesterday|tonight|now|right now|this (?:week|weekend|month|morning|afternoon|evening|${englishDays})|next (?:week|weekend|month|${englishDays})|mi (?:pedido|encargo|reserva)|my (?:order|booking|appointment))\b`,
)
const oneDay = new RegExp(String.raw`(?:^|\b(?:el|para el|on|by) )(?:${days}|${englishDays})\b`)

/** Whether a question or its answer speaks of these days only: then it serves others on the day of the answer alone. */
export function isPassing(question: string, answer: string): boolean {
  const asked = fold(question)
  const told = fold(answer)
  return passing.test(asked) || passing.test(told) || oneDay.test(told)
}
