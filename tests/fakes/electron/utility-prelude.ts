import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'

/** Loaded first in a utility process: `process.parentPort` instead of a fork's own channel. */
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    if (process.connected) send({ message })
  }
  start(): void {}
  pause(): void {}
}

const parentPort = new ParentPort()
const send = (process.send ?? (() => true)).bind(process) as (message: object) => boolean
const held: unknown[] = []
const tell = (data: unknown) => parentPort.emit('message', { data, ports: [] })

process.on('message', ({ message }: { message: unknown }) => {
  if (parentPort.listenerCount('message') > 0) tell(message)
  else held.push(message)
})
parentPort.on('newListener', (event) => {
  if (event !== 'message') return
  setImmediate(() => {
    for (const message of held.splice(0)) tell(message)
  })
})
// As in Electron: a utility process does not outlive the app.
process.on('disconnect', () => process.exit(0))

// A utility process has an Electron of its own, with next to nothing in it.
const inUtility = 'data:text/javascript,export const net = {}; export const systemPreferences = {}'
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron'
      ? { url: inUtility, format: 'module', shortCircuit: true }
      : nextResolve(specifier, context),
})

Object.defineProperty(process, 'parentPort', { value: parentPort })
Object.defineProperty(process, 'send', { value: undefined })
Object.defineProperty(process, 'type', { value: 'utility' })
Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true })
