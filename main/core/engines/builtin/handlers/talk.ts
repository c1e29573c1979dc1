import type { TextKey } from '../../../language/texts.ts'
import { handOverData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak, talk } from '../turn.ts'

type Reason = 'asked' | 'complaint' | 'not_understood' | 'appointment' | 'order' | 'other'
const texts = {
  asked: 'person_called',
  complaint: 'person_complaint',
  not_understood: 'person_not_understood',
  appointment: 'person_appointment',
  order: 'person_order',
  other: 'person_other',
} as const

/** Calls a person; says so, in the usual words for the reason or in `text`, only when the tool did it. */
export function* handOver(turn: Turn, reason: Reason, text: TextKey | null = null): Asking<Part[]> {
  const [result] = yield [
    { name: 'hand_over', arguments: { reason, summary: turn.customerText.slice(0, 500) } },
  ]
  turn.dialogue.pending = null
  turn.dialogue.misunderstood = 0
  const done = read(handOverData, result) !== null
  turn.handedOver = done
  return [answer(speak(turn, done ? (text ?? texts[reason]) : 'tool_failed'))]
}

export function greeting(turn: Turn): Part[] {
  if (turn.several) return [talk(speak(turn, 'greeting_named'))]
  const { assistantName, firstTurn, shop } = turn
  if (firstTurn && assistantName !== '')
    return [talk(speak(turn, 'greeting_own_name', { name: assistantName, shop: shop.name }))]
  return [talk(speak(turn, firstTurn ? 'greeting' : 'greeting_again', { shop: shop.name }))]
}

/** Asks once; the second time in a row it offers a person, the third time it calls one. */
export function* notUnderstood(turn: Turn): Asking<Part[]> {
  turn.dialogue.misunderstood += 1
  if (turn.dialogue.misunderstood >= 3) return yield* handOver(turn, 'not_understood')
  if (turn.dialogue.misunderstood === 2) {
    turn.dialogue.pending = { kind: 'person', reason: 'not_understood' }
    return [question(speak(turn, 'not_understood_offer'))]
  }
  return [{ ...question(speak(turn, 'not_understood')), lost: true }]
}
