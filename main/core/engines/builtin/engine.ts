import type { JsonValue } from '../../json.ts'
import type { Voice } from '../../language/voice.ts'
import { say } from '../../language/voice.ts'
import { understand } from '../../understanding/service.ts'
import type { Engine, EngineEvent, EngineRequest, ToolCallRequest } from '../engine.ts'
import { carriedDialogue } from './carry-over.ts'
import { compose } from './compose.ts'
import { joinCheckout, offerMore } from './handlers/checkout.ts'
import { asObject, isEffect, Journal, phases } from './journal.ts'
import { type PhaseResult, runPhase, turnOf, voiceOf } from './phase.ts'
import type { Dialogue } from './state.ts'
import { readDialogue } from './state.ts'
import { questionsOf, tellDone } from './told.ts'
import type { Part } from './turn.ts'

/** The engine that needs no model: understands by rules and scores, answers from tools. Same request, same answer. */
export function createBuiltinEngine(): Engine {
  return {
    id: 'builtin',
    kind: 'builtin',
    model: null,
    parallel: 64,
    capabilities: { prompted: false, contextTokens: null, images: false },
    async *step(request) {
      yield* answerStep(request)
    },
  }
}

/**
 * Works the turn through from its start with the results that are journaled. Where a result is missing, those calls
 * are the step; where none is, the reply is. Where that comes to something else than another engine has done in this
 * turn already, what was done is told, and only what was asked besides is answered.
 */
function* answerStep(request: EngineRequest): Generator<EngineEvent> {
  const run = attempt(request) ?? afterOthers(request)
  const { voice, notes, dialogue, missing, parts } = run
  const manner = {
    language: voice.language,
    formOfAddress: voice.language === 'es' ? voice.formOfAddress : null,
  }
  if (missing.length > 0) {
    for (const call of missing) yield { type: 'call', call }
    yield {
      type: 'end',
      state: { ...asObject(request.state), inputs: request.input.length },
      ...manner,
      notes,
    }
    return
  }
  dialogue.turns += 1
  const wordless = request.input.every((message) => !/[\p{L}\p{N}]/u.test(message.text))
  const text = compose(parts) || say(voice, wordless ? 'sticker' : 'not_understood')
  yield { type: 'text', delta: text }
  yield { type: 'end', state: { ...dialogue }, ...manner, notes }
}

interface Run {
  parts: Part[]
  missing: ToolCallRequest[]
  voice: Voice
  notes: JsonValue[]
  dialogue: Dialogue
}

/** The turn from its start; null when another engine did something in it that this reading does not come to. */
function attempt(request: EngineRequest): Run | null {
  const dialogue = readDialogue(request.state)
  const journal = new Journal(request)
  const parts: Part[] = []
  const notes: JsonValue[] = []
  let voice: Voice | null = null
  for (const messages of phases(request)) {
    const run: PhaseResult = runPhase(request, dialogue, messages, journal)
    voice = run.voice
    notes.push(run.notes)
    if (run.missing.length > 0) {
      const reads =
        journal.untold().length === 0 ? run.missing : run.missing.filter((call) => !isEffect(call))
      return reads.length === 0 ? null : { parts, missing: reads, voice, notes, dialogue }
    }
    parts.push(...run.parts)
  }
  if (journal.untold().length > 0) return null
  return { parts, missing: [], voice: voice ?? voiceOf(request, dialogue, null), notes, dialogue }
}

/** Tells what was done in this turn, and answers the questions beside it. */
function afterOthers(request: EngineRequest): Run {
  const text = request.input.map((message) => message.text).join('\n')
  const before = readDialogue(request.state)
  const voice = voiceOf(request, before, understand(text))
  const dialogue = carriedDialogue(request, voice, '')
  dialogue.turns -= 1
  const turn = turnOf(request, dialogue, voice, text, false)
  const done = tellDone(
    turn,
    request.steps.filter(({ by }) => by !== undefined && by !== 'builtin').flatMap((step) => step.calls),
  )
  const notes: JsonValue[] = ['after_others']
  const asked = questionsOf(request)
  const [first] = request.input
  if (asked === '' || first === undefined || turn.handedOver)
    return { parts: offerMore(turn, done), missing: [], voice, notes, dialogue }
  const { pending, checkout } = dialogue
  const besides = runPhase(request, dialogue, [{ ...first, text: asked }], new Journal(request))
  dialogue.pending = pending ?? dialogue.pending
  dialogue.checkout = checkout
  const answers = besides.parts.filter((part) => part.kind !== 'talk' && part.lost !== true)
  return {
    parts: joinCheckout(answers, done),
    missing: besides.missing.filter((call) => !isEffect(call)),
    voice,
    notes,
    dialogue,
  }
}
