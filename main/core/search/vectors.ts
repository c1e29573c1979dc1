import { fold } from './text.ts'

/** One piece of text and how much it counts in the vector. */
export interface WeightedText {
  text: string
  weight: number
}

/**
 * A unit vector of hashed character 3- and 4-grams of each word with its borders. Characters only: it finds what is
 * misspelt, joined or split. Never the zero vector (cosine would find nothing); null when no text has a letter.
 * @param target written in place, `dimensions` long and zero-filled.
 */
export function writeVector(pieces: readonly WeightedText[], target: Float32Array): boolean {
  const dimensions = target.length
  for (const { text, weight } of pieces) {
    for (const [word] of fold(text.slice(0, 2_000)).matchAll(/[a-z0-9]+/g)) {
      const padded = ` ${word} `
      for (const size of [3, 4]) {
        for (let start = 0; start + size <= padded.length; start++) {
          let hash = 0x811c9dc5
          for (let at = start; at < start + size; at++)
            hash = Math.imul(hash ^ padded.charCodeAt(at), 0x01000193)
          hash ^= hash >>> 15
          const slot = (hash >>> 0) % dimensions
          target[slot] = (target[slot] ?? 0) + weight
        }
      }
    }
  }
  let sum = 0
  for (let slot = 0; slot < dimensions; slot++) {
    const value = Math.sqrt(target[slot] ?? 0)
    target[slot] = value
    sum += value * value
  }
  if (sum === 0) return false
  const length = Math.sqrt(sum)
  for (let slot = 0; slot < dimensions; slot++) target[slot] = (target[slot] ?? 0) / length
  return true
}

export function vectorOf(text: string, dimensions: number): Float32Array | null {
  const vector = new Float32Array(dimensions)
  return writeVector([{ text, weight: 1 }], vector) ? vector : null
}
