import { carriedState } from '../engines/builtin/carry-over.ts'
import type { Language } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import { understand } from '../understanding/service.ts'
import { finishedSteps, isPrompted } from './finished-steps.ts'
import type { Draft } from './reply.ts'
import type { GateRecord } from './trace.ts'

/** Names of goods may be in any language; most of the words tell. */
export function isInLanguage(text: string, language: Language): boolean {
  const read = understand(text)
  return read.language === null || read.language === language || read.languageScore < 0.8 || text.length < 25
}

/** What the next turn begins with: where another text left than a model wrote, nothing of its draft is waited for. */
export function stateAfter(
  { step, steps, conversation }: Pick<Draft, 'step' | 'steps' | 'conversation'>,
  text: string,
  gate: GateRecord,
): JsonValue {
  const { state, language, formOfAddress } = step.answer
  if (gate.ok || !isPrompted(step)) return state
  return carriedState(
    { state: conversation.state, steps: finishedSteps(steps) },
    { language, formOfAddress },
    text,
  )
}
