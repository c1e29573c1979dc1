/**
 * How a process that was started for a part of the app speaks with whoever started it: over Node's channel
 * (`child_process.fork`) or over Electron's port (`utilityProcess.fork`). Messages are JSON in both worlds.
 */
export interface ParentPort {
  /** @param delivered called when the parent has it, or when it is certain that nobody will ever take it */
  say(message: unknown, delivered?: () => void): void
  onMessage(listen: (message: unknown) => void): void
  /** Called once when the parent is no longer there, however it ended. */
  onGone(listen: () => void): void
}

/** The part of Electron's port that is used; described here because the core knows no Electron. */
interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

/** How often it is looked whether the parent is still there, ms. */
const lookMs = 2_000
/** A parent that has not confirmed a message after so long is not going to, ms. */
const confirmMs = 1_000

/** The way to the parent of this process. Where there is none, nobody is spoken to. */
export function parentPort(): ParentPort {
  const port: unknown = Reflect.get(process, 'parentPort')
  return isElectronPort(port) ? electronPort(port) : nodeChannel()
}

function isElectronPort(port: unknown): port is ElectronPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}

function nodeChannel(): ParentPort {
  return {
    say(message, delivered = () => undefined) {
      // With a last argument a parent that has just gone is no error here.
      if (process.connected) process.send?.(message, undefined, undefined, delivered)
      else delivered()
    },
    onMessage: (listen) => void process.on('message', listen),
    onGone: (listen) => void process.once('disconnect', listen),
  }
}

/**
 * Electron's port says neither that a message has arrived (one that is posted just before the end may be lost) nor
 * that the other end has gone: the first is asked for, the second looked for.
 */
function electronPort(port: ElectronPort): ParentPort {
  const unconfirmed = new Map<number, () => void>()
  let asked = 0
  const confirm = (number: number): void => {
    const delivered = unconfirmed.get(number)
    unconfirmed.delete(number)
    delivered?.()
  }
  const listeners: ((message: unknown) => void)[] = []
  port.on('message', ({ data }) => {
    const confirmed = readConfirmation(data)
    if (confirmed !== null) confirm(confirmed)
    else for (const listen of listeners) listen(data)
  })
  return {
    say(message, delivered) {
      port.postMessage(message)
      if (delivered === undefined) return
      const number = ++asked
      unconfirmed.set(number, delivered)
      port.postMessage({ [askKey]: number })
      setTimeout(() => confirm(number), confirmMs).unref()
    },
    onMessage: (listen) => void listeners.push(listen),
    onGone(listen) {
      const parent = process.ppid
      const timer = setInterval(() => {
        if (process.ppid === parent && isAlive(parent)) return
        clearInterval(timer)
        listen()
      }, lookMs)
      timer.unref()
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It may belong to somebody else by now, but something with this id is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const askKey = 'mostrador:arrived?'
const answerKey = 'mostrador:arrived'

/** For the parent: the answer to a child's question whether all it has said so far has arrived; null for any other message. */
export function confirmationOf(message: unknown): object | null {
  const number = numberIn(message, askKey)
  return number === null ? null : { [answerKey]: number }
}

function readConfirmation(message: unknown): number | null {
  return numberIn(message, answerKey)
}

function numberIn(message: unknown, key: string): number | null {
  if (typeof message !== 'object' || message === null) return null
  const value: unknown = Reflect.get(message, key)
  return typeof value === 'number' ? value : null
}
