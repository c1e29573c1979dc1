import { describe, expect, it } from 'vitest'
import type { ImportReport } from '../../../../preload/contract/index.ts'
import { chooseFile, type ImportStep, stepImport, willWrite } from './state.ts'

const report: ImportReport = {
  importId: null,
  dryRun: true,
  imported: 3,
  updated: 1,
  unchanged: 0,
  variants: 4,
  refused: [],
  warned: [],
  format: 'generic',
  delimiter: ',',
  encoding: 'utf-8',
  decimal: ',',
  columns: {},
  cancelled: false,
  kept: [],
}

const upTo = (...steps: ImportStep[]) => steps.reduce(stepImport, chooseFile)
const chosen: ImportStep = { type: 'chosen', fileName: 'a.csv' }
const uploaded: ImportStep = { type: 'uploaded', uploadId: 'u' }
const read: ImportStep = { type: 'event', event: { type: 'report', report } }

describe('import', () => {
  it('shows what was read before anything is saved', () => {
    const state = upTo(chosen, uploaded, {
      type: 'event',
      event: { type: 'progress', rows: 5, bytes: 50, totalBytes: 100 },
    })
    expect(state).toMatchObject({ phase: 'checking', progress: { rows: 5, share: 0.5 } })
    expect(stepImport(state, read)).toMatchObject({ phase: 'preview', uploadId: 'u' })
    expect(willWrite(report)).toBe(4)
  })

  it('imports only what was confirmed', () => {
    expect(upTo(chosen, uploaded, { type: 'confirmed' }).phase).toBe('checking')
    const state = upTo(
      chosen,
      uploaded,
      read,
      { type: 'confirmed' },
      { type: 'event', event: { type: 'started', runId: 'r' } },
    )
    expect(state).toMatchObject({ phase: 'importing', runId: 'r' })
    expect(stepImport(state, read).phase).toBe('done')
  })

  it('goes back to choosing after a failure or a cancelled check', () => {
    expect(upTo(chosen, { type: 'failed', failure: 'x' })).toEqual({ phase: 'choose', failure: 'x' })
    expect(
      upTo(chosen, uploaded, {
        type: 'event',
        event: { type: 'report', report: { ...report, cancelled: true } },
      }),
    ).toBe(chooseFile)
  })

  it('ignores events that come late', () => {
    expect(stepImport(chooseFile, read)).toBe(chooseFile)
  })
})
