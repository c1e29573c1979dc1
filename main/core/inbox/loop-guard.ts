/**
 * Stops two bots talking to each other. Pure: the state is kept with the conversation, the decision is made for each
 * message that arrives.
 */

export interface LoopState {
  /** Latest customer messages, oldest first: a shape of the text, and how long after our last reply it came (ms). */
  recent?: { shape: string; afterReplyMs: number | null }[]
}

export type LoopVerdict =
  | { stop: false; state: LoopState }
  | { stop: true; reason: 'bot' | 'repeats' | 'echo' | 'pace'; state: LoopState }

const keep = 12
/** So many messages of one shape among the latest ones are no person. */
const repeats = 5
const shortShape = 12
/** So many of our own replies sent back to us are no person. */
const echoes = 3
/** So many messages in a row, each so soon after our reply that nobody could have read it, are no person. */
const paceCount = 10
const paceMs = 1_500

export function judgeLoop(
  before: LoopState,
  message: {
    text: string
    fromBot: boolean
    afterReplyMs: number | null
    ownReplies: readonly string[]
    judgePace: boolean
  },
): LoopVerdict {
  const shape = shapeOf(message.text)
  const isEcho = shape.length > 12 && message.ownReplies.some((reply) => shapeOf(reply) === shape)
  const entry = { shape: isEcho ? `echo:${shape}` : shape, afterReplyMs: message.afterReplyMs }
  const recent = [...(before.recent ?? []), entry].slice(-keep)
  const state = { recent }
  if (message.fromBot) return { stop: true, reason: 'bot', state }
  if (recent.filter((item) => item.shape.startsWith('echo:')).length >= echoes)
    return { stop: true, reason: 'echo', state }
  const same = recent.slice(-8).filter((item) => item.shape === entry.shape)
  // People do say "sí" five times; a longer sentence they do not.
  const enough = shape.length < shortShape ? 8 : repeats
  if (shape.length > 0 && same.length >= enough) return { stop: true, reason: 'repeats', state }
  const pace = recent.slice(-paceCount)
  if (
    message.judgePace &&
    pace.length === paceCount &&
    pace.every((item) => item.afterReplyMs !== null && item.afterReplyMs < paceMs)
  ) {
    return { stop: true, reason: 'pace', state }
  }
  return { stop: false, state }
}

/** Letters only: a bot's counter, time or ticket number does not make its message a new one. */
function shapeOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .slice(0, 200)
}
