export interface StopSignals {
  /** Resolves with the first signal. */
  asked: Promise<void>
  forget(): void
}

/** Listens from the beginning on: a signal during the start stops in order as well. */
export function listenForStop(): StopSignals {
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = false
  const onSignal = () => {
    // Whoever asks twice does not want to wait.
    if (asked) process.exit(130)
    asked = true
    resolve()
  }
  // No SIGHUP: under `nohup` the host goes on when its terminal is closed.
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onSignal)
  const forget = () => {
    for (const signal of signals) process.removeListener(signal, onSignal)
  }
  return { asked: promise, forget }
}
