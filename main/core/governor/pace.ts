/** How long a person would take, ms. */
export interface Pace {
  /** Until typing shows. */
  readMs: number
  typeMs: number
}

const longestReadMs = 3_000
const longestTypeMs = 5_000

/**
 * How long somebody takes to read what was asked and to type the answer: two to eight seconds for a reply, half a second
 * to five for each further part. Longer texts never take less time. Pure; `random` gives numbers from 0 up to 1.
 */
export function paceOf(texts: { asked: number; reply: number; first: boolean }, random: () => number): Pace {
  // The same chance for both, so that a longer text takes longer whatever it is.
  const jitter = 0.75 + Math.min(Math.max(random(), 0), 1) * 0.5
  if (!texts.first)
    return { readMs: 0, typeMs: between(500, (700 + texts.reply * 8) * jitter, longestTypeMs) }
  return {
    readMs: between(800, (900 + texts.asked * 15) * jitter, longestReadMs),
    typeMs: between(1_200, (1_400 + texts.reply * 9) * jitter, longestTypeMs),
  }
}

/** Between any two sends of an account. */
export function gapMs(random: () => number): number {
  return Math.round(1_000 + Math.min(Math.max(random(), 0), 1) * 1_200)
}

function between(least: number, value: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most))
}
