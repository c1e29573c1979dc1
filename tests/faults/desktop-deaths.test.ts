import { beforeAll, describe, expect, it } from 'vitest'
import { type DesktopReport, describeDesktopStorm, runDesktopStorm } from './desktop-storm.ts'

/** A small one: `npm run faults` kills more and judges times too. */
describe('the desktop app while its parts are killed under load', () => {
  let report: DesktopReport

  beforeAll(async () => {
    report = await runDesktopStorm({ rounds: 1, customers: 4 })
    console.log(describeDesktopStorm(report))
  }, 480_000)

  it('answers everybody once and nobody wrongly', () => {
    expect(report.faults).toMatchObject({ lost: report.unknown, repeated: 0, wrong: 0 })
    expect(report.customers).toBeGreaterThan(8)
  })

  it('has the next engine answer whom the model was answering when it died', () => {
    expect(report.answeredByNext).toBe(report.rounds)
  })

  it('keeps the desk answering while a part is dead', () => {
    expect(report.faults.failedDeskCalls).toBe(0)
    expect(report.deskCalls).toBeGreaterThan(10)
  })

  it('has each part come back by itself, and tells the owner of it', () => {
    expect([report.modelBackMs, report.whatsappBackMs, report.appBackMs].map(({ length }) => length)).toEqual(
      [1, 1, 1],
    )
    expect(report.faults.notNoted).toBe(0)
  })
})
