import type { JsonValue } from '../../json.ts'
import { carriedState } from '../builtin/carry-over.ts'
import { asObject } from '../builtin/journal.ts'
import { EngineError, type EngineEvent, type EngineRequest, type ToolCallRequest } from '../engine.ts'
import { cleanAnswer } from './clean.ts'
import { leakedCalls } from './leaked-calls.ts'
import { mannerOf } from './manner.ts'

/** What a model answered in one step, whole, as its service gave it. */
export interface ModelAnswer {
  text: string
  /** Arguments as the model wrote them: JSON, or what was meant to be. */
  calls: readonly { name: string; arguments: string }[]
  /** Kept for services that want it back within the turn. */
  reasoning?: string
}

/** Calls that a step may hold; the loop refuses more than it runs, this bounds what is journaled at all. */
const mostCalls = 24

/**
 * A model's answer as events of the port: calls, or the cleaned text of the reply, and the end. `usage` and `served` are
 * the engine's own to add.
 * @throws EngineError `invalid_answer` where nothing is left that could be sent or run.
 */
export function answerEvents(answer: ModelAnswer, request: EngineRequest): EngineEvent[] {
  const manner = mannerOf(request)
  if (request.prompt?.purpose === 'summary') return textEvents(cleanAnswer(answer.text), {}, manner)
  const calls = callsOf(answer, request)
  const emoji = request.prompt?.personality.emoji !== 'none'
  if (calls.length > 0) {
    const { reasoning } = answer
    const state = {
      inputs: request.input.length,
      ...(reasoning === undefined || reasoning === '' ? {} : { reasoning }),
    }
    return [
      ...calls.map((call): EngineEvent => ({ type: 'call', call })),
      { type: 'end', state, ...manner, notes: null },
    ]
  }
  const text = cleanAnswer(answer.text, { emoji })
  const notes = text === answer.text.trim() ? null : { wrote: answer.text.slice(0, 1_000) }
  return textEvents(text, carriedState(request, manner, text), manner, notes)
}

function textEvents(
  text: string,
  state: JsonValue,
  manner: Pick<Extract<EngineEvent, { type: 'end' }>, 'language' | 'formOfAddress'>,
  notes: JsonValue = null,
): EngineEvent[] {
  if (!isSaying(text)) throw new EngineError('invalid_answer')
  return [
    { type: 'text', delta: text },
    { type: 'end', state, ...manner, notes },
  ]
}

/** Something a person could read: letters or figures, and not mostly signs. */
function isSaying(text: string): boolean {
  const told = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  const all = text.match(/\S/gu)?.length ?? 0
  return told > 0 && told >= all * 0.4
}

function callsOf(answer: ModelAnswer, request: EngineRequest): ToolCallRequest[] {
  // A model that calls what it was not offered has nothing to say; the loop answers then.
  if (request.tools.length === 0) return cleanAnswer(answer.text) === '' ? parsed(answer.calls) : []
  const given =
    answer.calls.length > 0
      ? answer.calls
      : leakedCalls(
          answer.text,
          request.tools.map(({ name }) => name),
        )
  return parsed(given)
}

function parsed(given: ModelAnswer['calls']): ToolCallRequest[] {
  return given.slice(0, mostCalls).map(({ name, arguments: text }) => ({
    name: name.replace(/^functions\./, '').slice(0, 64),
    arguments: argumentsOf(text),
  }))
}

/** What cannot be read becomes `{ $invalid: text }`, which the tool's own check refuses. */
function argumentsOf(text: string): JsonValue {
  if (text.trim() === '') return {}
  try {
    // JSON.parse gives nothing but JSON.
    const value = JSON.parse(text) as JsonValue
    const object = typeof value === 'string' ? (JSON.parse(value) as JsonValue) : value
    if (object === null) return {}
    return Array.isArray(object) || typeof object !== 'object'
      ? { $invalid: text.slice(0, 500) }
      : asObject(object)
  } catch {
    return { $invalid: text.slice(0, 500) }
  }
}
