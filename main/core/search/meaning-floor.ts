import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const file = z.object({ queries: z.array(z.string().min(1)).min(20) })

/** Below this cosine nothing is meant, whatever the calibration says. */
const LEAST = 0.3
/** Share of the wrong queries that must stay below the floor; the rest may be goods that search did not know. */
const SHARE = 0.9
/** How much of the way to a perfect match the floor stands above them. */
const MARGIN = 0.05

/** Queries for all kinds of goods and services, most of which no one shop has. */
export function readUnsold(resources: string): string[] {
  return file.parse(JSON.parse(readFileSync(join(resources, 'search', 'unsold.json'), 'utf8'))).queries
}

/**
 * Models differ in what a cosine means: with one, strangers stand at 0.75, with another at 0.1. So the floor is found
 * with queries for what this shop does not sell: nearly all of them must stay below it.
 * @param nearest for each such query the cosine of the nearest product
 */
export function floorOf(nearest: readonly number[]): number {
  const sorted = nearest.filter(Number.isFinite).sort((a, b) => a - b)
  const high = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * SHARE))] ?? 0
  return Math.min(0.98, Math.max(LEAST, high + (1 - high) * MARGIN))
}

/** How strongly a cosine above the floor says that a product is meant: 0 at the floor, 1 for the same text. */
export function strengthOf(similarity: number, floor: number): number {
  return Math.min(1, Math.max(0, (similarity - floor) / (1 - floor)))
}
