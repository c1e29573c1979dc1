import { isOff } from '../mutants.ts'

/**
 * Why a person has a conversation that goes back by itself after a quiet time: somebody of the shop took it. Where a
 * customer asked for a person and nobody came, it never does.
 */
export const returningReasons = ['taken', 'wrote', 'wrote_outside', 'draft_sent', 'assigned'] as const

/** `mode_reason` of a conversation that went back by itself. */
export const returnedReason = 'returned'

export function returnsByItself({ mode, modeReason }: { mode: string; modeReason: string }): boolean {
  if (mode !== 'person') return false
  return (
    isOff('conversations.return_needs_person') || returningReasons.some((reason) => reason === modeReason)
  )
}

/** When a conversation goes back to the assistant by itself, UTC ISO 8601; null when it does not. */
export function returnsAt(
  held: { mode: string; modeReason: string; personAt: string | null; lastHeardAt: string | null },
  minutes: number | null,
): string | null {
  if (minutes === null || !returnsByItself(held)) return null
  const last = Math.max(...[held.personAt, held.lastHeardAt].map((at) => (at === null ? 0 : Date.parse(at))))
  return last === 0 ? null : new Date(last + minutes * 60_000).toISOString()
}
