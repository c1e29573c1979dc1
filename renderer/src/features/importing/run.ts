import { useEffect, useReducer, useRef } from 'react'
import { client } from '../../rpc/client.ts'
import { uploadFile } from '../../rpc/upload.ts'
import { chooseFile, stepImport } from './state.ts'

/** Runs a file's way from upload to report. Leaving the screen stops listening but never cancels an import. */
export function useImport(shop: string) {
  const [state, step] = useReducer(stepImport, chooseFile)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const follow = async (uploadId: string, dryRun: boolean, signal: AbortSignal) => {
    const events = await client.catalog.importStart({ shop, uploadId, dryRun }, { signal })
    for await (const event of events) step({ type: 'event', event })
  }
  const attempt = (work: (signal: AbortSignal) => Promise<void>) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    work(controller.signal).catch((failure: unknown) => {
      if (!controller.signal.aborted) step({ type: 'failed', failure })
    })
  }

  return {
    state,
    choose: (file: File) =>
      attempt(async (signal) => {
        step({ type: 'chosen', fileName: file.name })
        const uploadId = await uploadFile(file, signal)
        step({ type: 'uploaded', uploadId })
        await follow(uploadId, true, signal)
      }),
    /** With the system's dialog, in the desktop app. Nothing happens when it is closed. */
    chooseWithDialog: () =>
      attempt(async (signal) => {
        const chosen = await client.shell.chooseFile({ kind: 'catalog' }, { signal })
        if (chosen === null) return
        step({ type: 'chosen', fileName: chosen.fileName })
        step({ type: 'uploaded', uploadId: chosen.uploadId })
        await follow(chosen.uploadId, true, signal)
      }),
    confirm: () => {
      if (state.phase !== 'preview') return
      const { uploadId } = state
      step({ type: 'confirmed' })
      attempt((signal) => follow(uploadId, false, signal))
    },
    cancel: () => {
      if ((state.phase === 'importing' || state.phase === 'checking') && state.runId !== null) {
        void client.catalog.importCancel({ shop, runId: state.runId }).catch(() => undefined)
      } else {
        running.current?.abort()
        step({ type: 'again' })
      }
    },
    again: () => step({ type: 'again' }),
  }
}
