import type { TextKey } from '../../../language/texts.ts'
import { say, type Voice } from '../../../language/voice.ts'
import type { HistoryMessage, InputMessage } from '../../engine.ts'

const keys: Readonly<Record<string, TextKey | undefined>> = {
  photo: 'photo_received',
  document: 'document_received',
  location: 'location_received',
  voice: 'voice_received',
}

/** What nobody here has read: a sticker says no more than its emoji. */
export function unreadFiles(messages: readonly InputMessage[]): { kind: string }[] {
  return messages
    .flatMap(({ attachments }) => attachments)
    .filter(({ kind, understood }) => kind !== 'sticker' && understood === undefined)
}

/**
 * The answer to files without words: thanks, that it cannot be seen, and what to do instead. The last question that the
 * shop asked is put again, so that a photo in between does not end what was under way.
 */
export function filesText(
  voice: Voice,
  files: readonly { kind: string }[],
  history: readonly HistoryMessage[],
): string {
  const kinds = new Set(files.map(({ kind }) => kind))
  const [kind = ''] = kinds
  const key = kinds.size === 1 ? (keys[kind] ?? 'file_received') : 'file_received'
  const received = say(voice, key)
  const question = key === 'location_received' || key === 'voice_received' ? null : openQuestion(history)
  if (question === null) return received
  const thanks = received.slice(0, received.lastIndexOf(':'))
  return `${thanks}. ${say(voice, 'open_question', { question })}`
}

const longestQuestion = 160

/** The question that our last message ended with, where it is short and says no figure. */
function openQuestion(history: readonly HistoryMessage[]): string | null {
  const last = history.at(-1)
  if (last === undefined || last.author === 'customer' || !last.text.trim().endsWith('?')) return null
  const line = last.text.trim().split('\n').at(-1) ?? ''
  const sentence = /(?:¿[^¿?]*|[^.!?¿]*)\?$/u.exec(line)?.[0].trim() ?? ''
  const asksAgain = /pal?abras|in words/.test(sentence)
  return sentence.length < 4 || sentence.length > longestQuestion || /\d/.test(sentence) || asksAgain
    ? null
    : sentence
}
