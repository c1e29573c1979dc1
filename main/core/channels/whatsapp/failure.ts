/**
 * An error as it may be logged: its kind and the start of its words, without quotations, addresses and longer numbers,
 * which could be somebody's.
 */
export function describeError(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error
  const words = error instanceof Error ? error.message : String(error)
  const [line = ''] = words.split('\n')
  const plain = line
    .replace(/(["'`]).*?\1/g, '…')
    .replace(/\S+@\S+/g, '…')
    .replace(/\d{4,}/g, '…')
  return `${name}: ${plain}`.slice(0, 160)
}

/** The answer did not come in time. */
export class TooSlow extends Error {}

/** @throws TooSlow after `ms`; what was waited for goes on and its failure is nobody's */
export async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new TooSlow(`no answer within ${ms} ms`)), ms)
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
