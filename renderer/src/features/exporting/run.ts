import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { ExportRequest } from '../../../../preload/contract/index.ts'
import { client } from '../../rpc/client.ts'
import { saveFrom } from '../../rpc/download.ts'
import { isFailure } from '../../rpc/failure.ts'
import { choosing, stepExport } from './state.ts'

/** Runs an export and lets the browser save its file. Leaving cancels: nobody would be there to fetch the file. */
export function useExport(shop: string) {
  const [state, step] = useReducer(stepExport, choosing)
  const running = useRef<{ controller: AbortController; runId: string | null } | null>(null)

  const cancel = useCallback(() => {
    const run = running.current
    running.current = null
    if (run === null) return
    step({ type: 'ended', failure: null })
    if (run.runId !== null) void client.exports.cancel({ shop, runId: run.runId }).catch(() => undefined)
    run.controller.abort()
  }, [shop])
  useEffect(() => cancel, [cancel])

  const start = async (request: ExportRequest) => {
    cancel()
    const run = { controller: new AbortController(), runId: null as string | null }
    running.current = run
    step({ type: 'start' })
    const { signal } = run.controller
    try {
      for await (const event of await client.exports.start({ shop, request }, { signal })) {
        if (signal.aborted) return
        if (event.kind === 'started') run.runId = event.runId
        if (event.kind === 'done' && event.downloadId !== null)
          saveFrom(new URL(`export/${shop}/${event.downloadId}`, document.baseURI).href, event.fileName)
        step({ type: 'event', event })
      }
    } catch (failure) {
      if (!signal.aborted) step({ type: 'ended', failure: isFailure(failure, 'cancelled') ? null : failure })
    } finally {
      if (running.current === run) running.current = null
    }
  }

  return { state, start, cancel, again: () => step({ type: 'again' }) }
}
