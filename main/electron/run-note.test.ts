import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { RunNote } from './run-note.ts'

let folder: string
let now: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-note-'))
  now = Date.UTC(2026, 10, 22, 3)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The note as a new start reads it. */
function nextStart(): RunNote {
  now += 1_000
  return new RunNote(folder, () => now)
}

it('has nothing to say at the first start, nor after an end as it should be', () => {
  const first = nextStart()
  expect(first.begin()).toBeNull()
  first.ended()
  expect(nextStart().begin()).toBeNull()
})

it('tells a crash from an end that came from outside', () => {
  const first = nextStart()
  first.begin()
  const second = nextStart()
  expect(second.begin()?.reason).toBe('killed')
  second.crashed()
  expect(nextStart().begin()).toEqual({ at: new Date(now - 1_000).toISOString(), reason: 'crashed' })
})

it('asks after three crashes in a row, and serves again when the owner wants it', () => {
  for (let crash = 1; crash <= 3; crash++) {
    const start = nextStart()
    expect(start.start).toBe('serve')
    start.begin()
    start.crashed()
  }
  const asking = nextStart()
  expect(asking.start).toBe('ask')
  asking.forgetCrashes()
  expect(asking.begin()?.reason).toBe('crashed')
  expect(nextStart().start).toBe('serve')
})

it('starts as if for the first time where the note is damaged', () => {
  writeFileSync(join(folder, 'desktop-run.json'), '{"running":')
  expect(nextStart().begin()).toBeNull()
})

it('does not stop an app that cannot write it', () => {
  rmSync(folder, { recursive: true })
  const start = nextStart()
  start.begin()
  start.crashed()
  expect(start.start).toBe('serve')
})

it('remembers to draw without the graphics process', () => {
  nextStart().drawWithoutGraphics()
  expect(nextStart().withoutGraphics).toBe(true)
})
