import { powerMonitor } from 'electron'

export interface PowerListener {
  suspend(): void
  resume(): void
  /** The computer is being switched off: the app ends in order, as soon as it can. */
  shutdown(): void
}

/** Hears what the system says of the computer's power; the answer ends it. Electron must be ready. */
export function followPower(listener: PowerListener): () => void {
  let isSuspended = false
  const onSuspend = () => {
    isSuspended = true
    listener.suspend()
  }
  const onResume = () => {
    isSuspended = false
    listener.resume()
  }
  // Not every system says that it wakes; whoever unlocks the screen is there.
  const onUnlock = () => {
    if (isSuspended) onResume()
  }
  // Electron's types know no argument here; its documentation names `preventDefault`, which lets the app end in order.
  const onShutdown = (event?: { preventDefault?(): void }) => {
    event?.preventDefault?.()
    listener.shutdown()
  }
  powerMonitor.on('suspend', onSuspend)
  powerMonitor.on('resume', onResume)
  powerMonitor.on('unlock-screen', onUnlock)
  powerMonitor.on('shutdown', onShutdown)
  return () => {
    powerMonitor.off('suspend', onSuspend)
    powerMonitor.off('resume', onResume)
    powerMonitor.off('unlock-screen', onUnlock)
    powerMonitor.off('shutdown', onShutdown)
  }
}
