import { randomInt, scryptSync, timingSafeEqual } from 'node:crypto'

/** Without signs that look alike (0 and O, 1, I and L). */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const half = 4
/** Cheap enough for the few tries that a code allows, dear enough for who reads the database. */
const cost = { N: 2 ** 14, r: 8, p: 1 }

function randomHalf(): string {
  for (;;) {
    const signs = Array.from({ length: half }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
    // A figure in each half: no word that a customer writes looks like a code.
    if (/\d/.test(signs)) return signs
  }
}

/** A new code, as it is shown: `K7QF-9X2M`. */
export function newPairingCode(): string {
  return `${randomHalf()}-${randomHalf()}`
}

/** The code that a whole text consists of, however it is written; null for every other text. */
export function readPairingCode(text: string): string | null {
  if (text.length > 40) return null
  const signs = text.toUpperCase().replace(/[\s\-–—_.]+/g, '')
  if (!/^[2-9A-HJKMNP-Z]{8}$/.test(signs)) return null
  return /\d/.test(signs.slice(0, half)) && /\d/.test(signs.slice(half)) ? signs : null
}

/** What is kept of a code; `salt` is its pairing's id. */
export function hashPairingCode(code: string, salt: string): string {
  const signs = code.replace(/-/g, '')
  return scryptSync(signs, salt, 32, cost).toString('hex')
}

export function isSameHash(first: string, second: string): boolean {
  const [one, two] = [Buffer.from(first, 'hex'), Buffer.from(second, 'hex')]
  return one.length === two.length && timingSafeEqual(one, two)
}
