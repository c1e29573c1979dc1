import { describe, expect, it } from 'vitest'
import { measure } from '../../../tests/fixtures/gate-set/measure.ts'
import { goodFiles, loadGood, loadScenes } from '../../../tests/fixtures/gate-set/set.ts'

/**
 * What the gate may let through or hold back on its measured set. The aim is no false draft and at most 2 % of the true
 * ones; the numbers are what is reached now and may only go down. `node tests/bench/gate.ts` shows the set by kind.
 */
const limits = {
  dev: { missed: 0, refused: 0.015 },
  held_out: { missed: 0, refused: 0.022 },
} as const

describe('drafts as a language model writes them', () => {
  for (const half of ['dev', 'held_out'] as const) {
    it(`${half}: false drafts are held back, true ones leave`, () => {
      const { good, refused, bad, missed } = measure(half)
      expect(bad.length).toBeGreaterThan(2000)
      expect(good.length).toBeGreaterThan(200)
      const told = missed.map(({ mutation, scene, text }) => `${mutation} [${scene.scene}] ${text}`)
      if (limits[half].missed === 0) expect(told).toEqual([])
      expect(missed.length / bad.length).toBeLessThanOrEqual(limits[half].missed)
      expect(refused.length / good.length).toBeLessThanOrEqual(limits[half].refused)
    }, 300_000)
  }

  it('are of shops in eight currencies', () => {
    const good = loadGood(loadScenes(), goodFiles)
    expect(good.length).toBeGreaterThanOrEqual(600)
    expect([...new Set(good.map(({ scene }) => scene.brief.currency))].sort()).toEqual([
      'ARS',
      'CLP',
      'COP',
      'EUR',
      'GBP',
      'MXN',
      'PEN',
      'USD',
    ])
  })
})
