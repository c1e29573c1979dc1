/**
 * Runs `work` and yields its progress as items of that type; the generator's return value is the work's. A consumer
 * that is slower than the work sees the newest progress only. When the consumer leaves, the work goes on.
 */
export async function* runWithProgress<Progress extends object, Type extends string, Result = void>(
  type: Type,
  work: (onProgress: (progress: Progress) => void) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<{ type: Type } & Progress, Result, void> {
  let newest: Progress | undefined
  let wake = Promise.withResolvers<void>()
  const notice = () => wake.resolve()
  let settled = false
  const result = work((progress) => {
    newest = progress
    notice()
  }).finally(() => {
    settled = true
    notice()
  })
  // Whoever leaves early does not read the outcome; it must not become an unhandled rejection.
  result.catch(() => undefined)
  signal?.addEventListener('abort', notice, { once: true })
  try {
    while (!settled && signal?.aborted !== true) {
      await wake.promise
      wake = Promise.withResolvers<void>()
      if (newest !== undefined) {
        const progress = newest
        newest = undefined
        yield { type, ...progress }
      }
    }
  } finally {
    signal?.removeEventListener('abort', notice)
  }
  signal?.throwIfAborted()
  return await result
}
