import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeWindow, smallest } from './window-bounds.ts'

const main = { x: 0, y: 0, width: 1920, height: 1040 }
const side = { x: 1920, y: -200, width: 1280, height: 984 }

describe('where the window opens', () => {
  it('is where it was', () => {
    const saved = { x: 2000, y: 0, width: 900, height: 700 }
    expect(placeWindow(saved, [main, side])).toEqual(saved)
  })

  it('is the middle of the main display when the other one is gone', () => {
    const placed = placeWindow({ x: 2000, y: 0, width: 900, height: 700 }, [main])
    expect(placed).toEqual({ x: 510, y: 170, width: 900, height: 700 })
    expect(placeWindow(null, [main])).toEqual({ x: 320, y: 100, width: 1280, height: 840 })
  })

  it('can always be grabbed, whatever was written down and whatever is plugged in', () => {
    const number = fc.integer({ min: -5000, max: 5000 })
    const size = fc.integer({ min: 1, max: 9000 })
    const saved = fc.option(fc.record({ x: number, y: number, width: size, height: size }))
    const length = fc.integer({ min: 640, max: 4000 })
    const display = fc.record({ x: number, y: number, width: length, height: length })
    fc.assert(
      fc.property(saved, fc.array(display, { minLength: 1, maxLength: 3 }), (window, displays) => {
        const placed = placeWindow(window, displays)
        expect(placed.width).toBeGreaterThanOrEqual(smallest.width)
        expect(placed.height).toBeGreaterThanOrEqual(smallest.height)
        const grasped = displays.some(
          (each) =>
            Math.min(placed.x + placed.width, each.x + each.width) - Math.max(placed.x, each.x) >= 80 &&
            placed.y >= each.y &&
            placed.y <= each.y + each.height - 80,
        )
        expect(grasped).toBe(true)
      }),
    )
  })
})
