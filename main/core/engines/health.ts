import type { EngineErrorCode } from './engine.ts'

/**
 * How an engine fares, as a pure function of what happened. Times in ms: `mono` of the monotonic clock for every wait,
 * `wall` since the epoch for screens.
 */
export interface Moment {
  mono: number
  wall: number
}

export interface Health {
  /** Failures in a row. */
  failures: number
  error: EngineErrorCode | null
  failedAt: number | null
  answeredAt: number | null
  /** When the row of failures began, monotonic. */
  failingSince: number | null
  /** Not asked before this moment, monotonic; null when it does not rest. */
  restsUntil: number | null
  /** After a rest one step alone finds out whether it is back. */
  onTrial: boolean
}

export const healthy: Health = {
  failures: 0,
  error: null,
  failedAt: null,
  answeredAt: null,
  failingSince: null,
  restsUntil: null,
  onTrial: false,
}

/** Nothing but a person changes these; one trial now and then finds out. */
const needPerson: ReadonlySet<EngineErrorCode> = new Set(['refused_key', 'out_of_credit', 'model_missing'])

/** These say something of one step, not of the engine: the next one asks it again. */
const ofOneStep: ReadonlySet<EngineErrorCode> = new Set([
  'busy',
  'context_too_long',
  'capped',
  'no_price',
  'off',
  'resting',
])

const personRestMs = 5 * 60_000
const firstRestMs = 10_000
const longestRestMs = 5 * 60_000
const rateLimitMs = 30_000
/** A service that asks for more is asked once an hour. */
const longestRateLimitMs = 60 * 60_000

/** How long an engine rests after a failure, ms; null when it does not. `failures` counts this one. */
export function restOf(code: EngineErrorCode, failures: number, retryAfterMs: number | null): number | null {
  if (ofOneStep.has(code)) return null
  if (needPerson.has(code)) return personRestMs
  if (code === 'rate_limit') return Math.min(Math.max(retryAfterMs ?? rateLimitMs, 1_000), longestRateLimitMs)
  return Math.min(firstRestMs * 2 ** Math.min(failures - 1, 10), longestRestMs)
}

export function afterFailure(
  health: Health,
  code: EngineErrorCode,
  retryAfterMs: number | null,
  now: Moment,
): Health {
  if (ofOneStep.has(code)) return { ...health, onTrial: false }
  // Steps that were under way together fail together: one failure, not several.
  const failures = isResting(health, now.mono) ? health.failures : health.failures + 1
  const restsUntil = now.mono + (restOf(code, failures, retryAfterMs) ?? 0)
  return {
    failures,
    error: code,
    failedAt: now.wall,
    answeredAt: health.answeredAt,
    failingSince: health.failingSince ?? now.mono,
    restsUntil: Math.max(restsUntil, health.restsUntil ?? restsUntil),
    onTrial: false,
  }
}

export function afterSuccess(now: Moment): Health {
  return { ...healthy, answeredAt: now.wall }
}

export function isResting(health: Health, mono: number): boolean {
  return health.restsUntil !== null && mono < health.restsUntil
}

/** Whether a step may ask it: it does not rest, and nobody is finding out already. */
export function mayAsk(health: Health, mono: number): boolean {
  return !isResting(health, mono) && !health.onTrial
}

/** Notes that a step asks it now. */
export function asked(health: Health): Health {
  return health.failures > 0 ? { ...health, onTrial: true } : health
}

/** The step was given up for a reason of its own: nothing was found out. */
export function letGo(health: Health): Health {
  return { ...health, onTrial: false }
}

/** Whether failing has lasted, or will last, longer than the owner should have to find out alone. */
export function worthTelling(health: Health): boolean {
  if (health.failingSince === null || health.restsUntil === null) return false
  return health.restsUntil - health.failingSince > 60_000
}
