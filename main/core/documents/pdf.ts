import { Worker } from 'node:worker_threads'
import { DomainError } from '../errors.ts'
import type { PdfAnswer, PdfJob } from './paper.ts'

/** A paper that takes longer than this is broken, ms. */
const longestRender = 60_000

/** Lays a paper out as a PDF in a thread of its own. @throws DomainError `document.failed`, `cancelled`. */
export async function renderPdf(job: PdfJob, signal?: AbortSignal): Promise<Uint8Array> {
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const stop = () => reject(new DomainError('cancelled'))
  const timer = setTimeout(
    () => reject(new DomainError('document.failed', { reason: 'timeout' })),
    longestRender,
  )
  worker.once('message', (answer: PdfAnswer) =>
    answer.ok ? resolve(answer.pdf) : reject(new DomainError('document.failed', {}, { cause: answer.error })),
  )
  worker.once('error', (error) => reject(new DomainError('document.failed', {}, { cause: error })))
  worker.once('exit', () => reject(new DomainError('document.failed', { reason: 'exit' })))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
