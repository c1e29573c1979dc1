import type { ImportEvent, ImportReport } from '../../../../preload/contract/index.ts'

export interface Progress {
  rows: number
  /** Share of the file that was read, 0 to 1; null while unknown. */
  share: number | null
}

/** The way of a file: uploaded, read without saving, looked at, imported. */
export type ImportState =
  | { phase: 'choose'; failure: unknown }
  | { phase: 'uploading'; fileName: string }
  | { phase: 'checking'; fileName: string; uploadId: string; runId: string | null; progress: Progress }
  | { phase: 'preview'; fileName: string; uploadId: string; report: ImportReport }
  | { phase: 'importing'; fileName: string; uploadId: string; runId: string | null; progress: Progress }
  | { phase: 'done'; fileName: string; report: ImportReport }

export type ImportStep =
  | { type: 'chosen'; fileName: string }
  | { type: 'uploaded'; uploadId: string }
  | { type: 'event'; event: ImportEvent }
  | { type: 'confirmed' }
  | { type: 'failed'; failure: unknown }
  | { type: 'again' }

export const chooseFile: ImportState = { phase: 'choose', failure: null }
const noProgress: Progress = { rows: 0, share: null }

export function stepImport(state: ImportState, step: ImportStep): ImportState {
  switch (step.type) {
    case 'chosen':
      return { phase: 'uploading', fileName: step.fileName }
    case 'uploaded':
      if (state.phase !== 'uploading') return state
      return {
        phase: 'checking',
        fileName: state.fileName,
        uploadId: step.uploadId,
        runId: null,
        progress: noProgress,
      }
    case 'confirmed':
      if (state.phase !== 'preview') return state
      return {
        phase: 'importing',
        fileName: state.fileName,
        uploadId: state.uploadId,
        runId: null,
        progress: noProgress,
      }
    case 'failed':
      return { phase: 'choose', failure: step.failure }
    case 'again':
      return chooseFile
    case 'event':
      return stepEvent(state, step.event)
  }
}

function stepEvent(state: ImportState, event: ImportEvent): ImportState {
  if (state.phase !== 'checking' && state.phase !== 'importing') return state
  switch (event.type) {
    case 'started':
      return { ...state, runId: event.runId }
    case 'progress': {
      const share = event.totalBytes > 0 ? Math.min(1, event.bytes / event.totalBytes) : null
      return { ...state, progress: { rows: event.rows, share } }
    }
    case 'report':
      if (state.phase === 'importing')
        return { phase: 'done', fileName: state.fileName, report: event.report }
      if (event.report.cancelled) return chooseFile
      return { phase: 'preview', fileName: state.fileName, uploadId: state.uploadId, report: event.report }
  }
}

/** Products that an import would write. */
export function willWrite(report: ImportReport): number {
  return report.imported + report.updated
}
