import type { Engine, ModelHostStatus, Spending } from '../../../../preload/contract/index.ts'
import { staysHere } from './remote-form.ts'

/** Engines that are asked, in their order; the built-in one closes it. */
export function askedOf(engines: readonly Engine[]): Engine[] {
  return engines
    .filter((engine) => engine.position !== null)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
}

export function isBuiltIn(engine: Engine): boolean {
  return engine.kind === 'builtin'
}

function answers(engine: Engine): boolean {
  const { state } = engine.health
  return engine.enabled && (state === 'ready' || state === 'busy' || state === 'loading')
}

/** Who would answer a customer now; undefined only for an empty list. */
export function answeringOf(engines: readonly Engine[]): Engine | undefined {
  const asked = askedOf(engines)
  return asked.find(answers) ?? asked.find(isBuiltIn) ?? engines.find(isBuiltIn)
}

/** The service outside this computer that would answer now, if it is one. */
export function remoteAnswering(engines: readonly Engine[]): Engine | undefined {
  const now = answeringOf(engines)
  return now?.kind === 'remote' && !staysHere(now.baseUrl ?? '') ? now : undefined
}

/** The first of the order that the owner has not turned off: who should answer. */
export function wantedOf(engines: readonly Engine[]): Engine | undefined {
  return askedOf(engines).find((engine) => engine.enabled)
}

/** Engines in front of the one that answers now, with something to mend. */
export function passedOver(engines: readonly Engine[]): Engine[] {
  const now = answeringOf(engines)
  const asked = askedOf(engines)
  const place = asked.findIndex((engine) => engine.id === now?.id)
  return asked.slice(0, Math.max(0, place)).filter((engine) => engine.enabled)
}

const failures = [
  'offline',
  'refused_key',
  'out_of_credit',
  'rate_limit',
  'context_too_long',
  'busy',
  'crashed',
  'timeout',
  'invalid_answer',
  'service_failed',
  'model_missing',
  'capped',
  'no_price',
  'resting',
  'off',
] as const
export type EngineFailure = (typeof failures)[number] | 'other'

/** Failures come as codes (`refused_key`), some with the app's prefix (`engine.refused_key`). */
export function failureKind(code: string, kind?: Engine['kind']): EngineFailure {
  const bare = code.replace(/^engine\./, '')
  // No program of this computer runs a service's model.
  if (bare === 'crashed' && kind === 'remote') return 'other'
  return failures.find((each) => each === bare) ?? 'other'
}

/** What the owner can do about an engine that does not answer. */
export type Remedy = 'key' | 'turn_on' | 'try_now' | 'prices' | 'cap' | 'model' | 'file'

export function remedyOf(engine: Engine): Remedy | null {
  const { state, error } = engine.health
  if (!engine.enabled || isBuiltIn(engine)) return null
  if (state === 'off') return 'turn_on'
  if (state === 'missing') return 'file'
  if (state === 'capped') return error === 'no_price' ? 'prices' : 'cap'
  if (state !== 'resting') return null
  switch (failureKind(error ?? '')) {
    case 'refused_key':
      return 'key'
    case 'model_missing':
      return engine.kind === 'remote' ? 'model' : 'file'
    case 'no_price':
      return 'prices'
    case 'capped':
      return 'cap'
    default:
      return 'try_now'
  }
}

/** The list with what stands at `from` put at `to`. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const next = [...items]
  const [item] = next.splice(from, 1)
  if (item === undefined) return next
  next.splice(Math.max(0, Math.min(next.length, to)), 0, item)
  return next
}

/** Colour of a badge for a state. */
export function healthColor(engine: Engine): string {
  if (!engine.enabled) return 'gray'
  switch (engine.health.state) {
    case 'ready':
      return 'green'
    case 'busy':
    case 'loading':
      return 'blue'
    case 'resting':
    case 'capped':
      return 'yellow'
    case 'off':
    case 'missing':
      return 'red'
  }
}

/** What the owner should hear of wherever they are in the desk; only the weightiest. */
export type EngineNotice =
  | { kind: 'capped' }
  | { kind: 'host_off' }
  | { kind: 'stand_in'; engine: Engine }
  | { kind: 'warning' }

export function noticeOf(
  engines: readonly Engine[],
  spending: Pick<Spending, 'warning' | 'capped'> | undefined,
  host: Pick<ModelHostStatus, 'state'> | undefined,
): EngineNotice | null {
  const used = askedOf(engines).filter((engine) => engine.enabled && !isBuiltIn(engine))
  if (used.length === 0) return null
  if (spending?.capped === true && used.some((engine) => engine.kind === 'remote')) return { kind: 'capped' }
  if (host?.state === 'off' && used.some((engine) => engine.kind === 'local')) return { kind: 'host_off' }
  const passed = passedOver(engines)[0]
  if (passed !== undefined) return { kind: 'stand_in', engine: passed }
  return spending?.warning === true ? { kind: 'warning' } : null
}
