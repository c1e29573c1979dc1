/**
 * Long work gives way between its parts. Promises alone do not: a chain of them runs to its end before anything else
 * may, and many conversations at once would hold the loop together, however short each one's part is. So those that
 * wait go on one by one, each in a turn of the event loop of its own.
 */
const waiting: (() => void)[] = []
let isScheduled = false

/** Resolves in a later turn of the event loop, in which nobody else's slice runs. In the order of asking. */
export function nextSlice(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  waiting.push(resolve)
  schedule()
  return promise
}

function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  // One that is asked for while immediates run comes in the next turn of the loop.
  setImmediate(() => {
    isScheduled = false
    waiting.shift()?.()
    if (waiting.length > 0) schedule()
  })
}
