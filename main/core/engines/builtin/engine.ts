import type { JsonValue } from '../../json.ts'
import type { Voice } from '../../language/voice.ts'
import { say } from '../../language/voice.ts'
import { readAboutSelf } from '../../understanding/about-self.ts'
import { usualFormOfAddress } from '../../understanding/language.ts'
import type { CustomerRequest, Understanding } from '../../understanding/service.ts'
import { understand } from '../../understanding/service.ts'
import type { Engine, EngineEvent, EngineRequest, InputMessage, ToolCallRequest } from '../engine.ts'
import { compose } from './compose.ts'
import { totalPart } from './handlers/cart-lines.ts'
import { asksDelivered } from './handlers/delivered.ts'
import { aboutSelf, caution, speaksOfSelf } from './handlers/preferences.ts'
import { handle, strands } from './plan.ts'
import { prepare, talkIntents } from './prepare.ts'
import type { Dialogue } from './state.ts'
import { readDialogue } from './state.ts'
import type { CallResult } from './tool-data.ts'
import type { Part, Turn } from './turn.ts'

/** Steps with calls that one turn may take; then it answers with what it has. */
const maxSteps = 5

/** The engine that needs no model: understands by rules and scores, answers from tools. Same request, same answer. */
export function createBuiltinEngine(): Engine {
  return {
    id: 'builtin',
    model: null,
    parallel: 64,
    async *step(request) {
      yield* answerStep(request)
    },
  }
}

/**
 * Works the turn through from its start with the results that are journaled. Where a result is missing, those calls
 * are the step; where none is, the reply is.
 */
function* answerStep(request: EngineRequest): Generator<EngineEvent> {
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
      for (const call of run.missing) yield { type: 'call', call }
      yield {
        type: 'end',
        state: { ...asObject(request.state), inputs: request.input.length },
        language: voice.language,
        formOfAddress: voice.language === 'es' ? voice.formOfAddress : null,
        notes,
      }
      return
    }
    parts.push(...run.parts)
  }
  const speaker = voice ?? voiceOf(request, dialogue, null)
  dialogue.turns += 1
  const text = compose(parts) || say(speaker, 'sticker')
  yield { type: 'text', delta: text }
  yield {
    type: 'end',
    state: { ...dialogue },
    language: speaker.language,
    formOfAddress: speaker.language === 'es' ? speaker.formOfAddress : null,
    notes,
  }
}

function asObject(state: JsonValue): { [key: string]: JsonValue } {
  return state !== null && typeof state === 'object' && !Array.isArray(state) ? state : {}
}

/** Messages in the groups in which they were seen: those that came while the turn ran are a group of their own. */
function phases(request: EngineRequest): InputMessage[][] {
  const seen = request.steps.flatMap((step) => {
    const { inputs } = asObject(step.state)
    return typeof inputs === 'number' ? [inputs] : []
  })
  const ends = [...new Set([...seen, request.input.length])]
    .filter((end) => end > 0 && end <= request.input.length)
    .sort((a, b) => a - b)
  return ends.map((end, index) => request.input.slice(ends[index - 1] ?? 0, end))
}

/** Results by call: the n-th time the turn makes a call, it gets the n-th result of it. */
class Journal {
  readonly #results = new Map<string, CallResult[]>()
  readonly #taken = new Map<string, number>()
  readonly stepsLeft: number

  constructor(request: EngineRequest) {
    for (const step of request.steps)
      for (const call of step.calls) {
        const key = keyOf(call)
        this.#results.set(key, [...(this.#results.get(key) ?? []), call.result])
      }
    this.stepsLeft =
      request.tools.length === 0 && request.steps.length > 0 ? 0 : maxSteps - request.steps.length
  }

  take(call: ToolCallRequest): CallResult | null {
    const key = keyOf(call)
    const count = this.#taken.get(key) ?? 0
    const result = this.#results.get(key)?.[count] ?? null
    if (result !== null) this.#taken.set(key, count + 1)
    return result
  }
}

/**
 * What makes two calls the same one. The loop may refresh what read calls gave, so a replay can compute another
 * quantity than was journaled: a line that was set stays set, whatever amount the replay comes to.
 */
function keyOf(call: ToolCallRequest): string {
  const given = asObject(call.arguments)
  if (call.name === 'set_cart_line' || call.name === 'remove_cart_line')
    return `${call.name} ${String(given.variantId)}`
  if (call.name === 'hand_over') return call.name
  const sorted = Object.entries(asObject(call.arguments))
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => a.localeCompare(b))
  return `${call.name} ${JSON.stringify(sorted)}`
}

interface PhaseResult {
  parts: Part[]
  missing: ToolCallRequest[]
  voice: Voice
  notes: JsonValue
}

function voiceOf(request: EngineRequest, dialogue: Dialogue, understood: Understanding | null): Voice {
  const shopLanguage = request.shop.locale.toLowerCase().startsWith('en') ? 'en' : 'es'
  const known = dialogue.language ?? request.customer.language
  const sure =
    understood !== null && understood.language !== null && (known === null || understood.languageScore >= 0.6)
  const language = sure
    ? (understood.language ?? shopLanguage)
    : (known ?? understood?.language ?? shopLanguage)
  const formOfAddress =
    understood?.formOfAddress ??
    dialogue.formOfAddress ??
    request.customer.formOfAddress ??
    usualFormOfAddress(request.shop.country)
  return { language, formOfAddress, seed: request.turnId }
}

/** Answers one group of messages, all its requests side by side. */
function runPhase(
  request: EngineRequest,
  dialogue: Dialogue,
  messages: readonly InputMessage[],
  journal: Journal,
): PhaseResult {
  const text = messages
    .map((message) => message.text)
    .filter((part) => part.trim() !== '')
    .join('\n')
  const whole = understand(text)
  const about = readAboutSelf(text)
  const answersToo = dialogue.pending?.kind === 'variant' || (dialogue.checkout?.asked.length ?? 0) > 0
  // "uso la M" answers which size it is to be, too, and "a la oficina" where an order goes.
  const { requests: others } = about.rest === text.trim() || answersToo ? whole : understand(about.rest)
  const understood = { ...whole, requests: others }
  const voice = voiceOf(request, dialogue, understood)
  dialogue.language = voice.language
  if (understood.formOfAddress !== null) dialogue.formOfAddress = understood.formOfAddress
  const requests = prepare(understood.requests)
  const real = requests.filter((one) => one.intent === null || !talkIntents.has(one.intent))
  const turn: Turn = {
    shop: request.shop,
    voice,
    dialogue,
    quantities: new Map(),
    customerText: text,
    several: requests.length > 1 && real.length > 0,
    inherited: dialogue.pending,
    firstTurn: dialogue.turns === 0 && request.history.length === 0,
    changedCart: null,
    told: [],
    preferences: request.customer.preferences,
  }
  const notes: JsonValue = {
    language: voice.language,
    requests: requests.map((one) => ({
      text: one.text.slice(0, 80),
      intent: one.intent,
      score: Math.round(one.score * 10) / 10,
    })),
  }
  if (requests.length === 0 && !speaksOfSelf(about)) {
    const files = messages.some((message) =>
      message.attachments.some((attachment) => attachment.kind !== 'sticker'),
    )
    return {
      parts: [
        {
          kind: 'talk',
          text: say(
            voice,
            files
              ? 'photo_received'
              : text.trim() === '' || !/[\p{L}\p{N}]/u.test(text)
                ? 'sticker'
                : 'not_understood',
          ),
        },
      ],
      missing: [],
      voice,
      notes,
    }
  }
  const misunderstood = dialogue.misunderstood
  const lanes: Job[][] = strands({ ...understood, requests }).map((group) => group.map((one) => jobOf(one)))
  if (speaksOfSelf(about)) lanes.unshift([jobOf(null, aboutSelf(turn, about, real.length === 0))])
  for (let round = 0; ; round++) {
    const missing: ToolCallRequest[] = []
    for (const lane of lanes) {
      for (const job of lane) {
        if (job.done) continue
        // What reads the cart waits until the message's other wishes are in it.
        if (
          readsCart(job.request) &&
          lanes.some((other) => other !== lane && other.some((one) => !one.done && !readsCart(one.request)))
        )
          break
        if (job.request !== null) job.work ??= handle(turn, job.request)
        if (job.work === null) break
        const state = job.next === null ? job.work.next([]) : job.work.next(job.next)
        job.next = null
        if (state.done) {
          job.parts = state.value
          job.done = true
          continue
        }
        job.waiting = state.value
        break
      }
    }
    const open = lanes.flatMap((lane) => lane.filter((job) => !job.done && job.waiting.length > 0))
    if (open.length === 0) break
    for (const job of open) {
      const results = job.waiting.map((call) => ({ call, result: journal.take(call) }))
      for (const { call, result } of results) if (result === null) missing.push(call)
      job.next = results.map(({ result }) => result ?? { ok: false, code: 'engine.failed', data: null })
      job.waiting = []
    }
    if (missing.length > 0) {
      if (journal.stepsLeft > 0) return { parts: [], missing, voice, notes }
      // No step left: what could not be asked is said to be open.
      const finished = lanes.flatMap((lane) => lane.filter((job) => job.done).flatMap((job) => job.parts))
      return {
        parts: [...finished, { kind: 'answer', text: say(voice, 'to_be_continued') }],
        missing: [],
        voice,
        notes,
      }
    }
    if (round > 40) break
  }
  const warned = caution(turn, about)
  let parts = lanes.flatMap((lane) => lane.flatMap((job) => job.parts))
  if (warned.length > 0 && dialogue.misunderstood > misunderstood) {
    dialogue.misunderstood = 0
    parts = []
  }
  return {
    parts: [...parts, ...warned].map((part) => finalTotal(turn, part)),
    missing: [],
    voice,
    notes,
  }
}

/** One wish of the message while it is being answered; without a request it speaks of the customer themselves. */
interface Job {
  readonly request: CustomerRequest | null
  work: ReturnType<typeof handle> | null
  parts: Part[]
  done: boolean
  waiting: ToolCallRequest[]
  next: CallResult[] | null
}

function jobOf(request: CustomerRequest | null, work: Job['work'] = null): Job {
  return { request, work, parts: [], done: false, waiting: [], next: null }
}

function readsCart(request: CustomerRequest | null): boolean {
  if (request === null) return false
  return request.intent === 'view_cart' || request.intent === 'checkout' || asksDelivered(request)
}

/** A total told half way is the one that the cart has in the end. */
function finalTotal(turn: Turn, part: Part): Part {
  if (part.total !== true || turn.changedCart === null) return part
  return totalPart(turn, turn.changedCart)
}
