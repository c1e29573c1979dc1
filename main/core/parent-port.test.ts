import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { confirmationOf, type ParentPort, parentPort } from './parent-port.ts'

class FakeElectronPort extends EventEmitter {
  readonly posted: unknown[] = []
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
}

function electronPort(): { port: FakeElectronPort; parent: ParentPort } {
  const port = new FakeElectronPort()
  Reflect.set(process, 'parentPort', port)
  return { port, parent: parentPort() }
}

afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort')
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a process that Electron has started', () => {
  it('hears and says messages', () => {
    const { port, parent } = electronPort()
    const heard: unknown[] = []
    parent.onMessage((message) => heard.push(message))
    port.emit('message', { data: { type: 'stop' }, ports: [] })
    parent.say({ type: 'beat' })
    expect(heard).toEqual([{ type: 'stop' }])
    expect(port.posted).toEqual([{ type: 'beat' }])
  })

  it('ends only after its last words have arrived', () => {
    const { port, parent } = electronPort()
    const heard: unknown[] = []
    const delivered = vi.fn()
    parent.onMessage((message) => heard.push(message))
    parent.say({ type: 'ended' }, delivered)
    expect(delivered).not.toHaveBeenCalled()
    port.emit('message', { data: confirmationOf(port.posted[1]) })
    expect(delivered).toHaveBeenCalledOnce()
    expect(heard).toEqual([])
  })

  it('does not wait for ever for a parent that has gone', () => {
    vi.useFakeTimers()
    const { parent } = electronPort()
    const delivered = vi.fn()
    parent.say({ type: 'ended' }, delivered)
    vi.advanceTimersByTime(1_000)
    expect(delivered).toHaveBeenCalledOnce()
  })

  it('notices that its parent has gone', () => {
    vi.useFakeTimers()
    const { parent } = electronPort()
    const gone = vi.fn()
    parent.onGone(gone)
    vi.advanceTimersByTime(10_000)
    expect(gone).not.toHaveBeenCalled()
    vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('no such process'), { code: 'ESRCH' })
    })
    vi.advanceTimersByTime(10_000)
    expect(gone).toHaveBeenCalledOnce()
  })
})

it('asks nothing of a message that is no question', () => {
  expect(confirmationOf({ type: 'ended' })).toBeNull()
  expect(confirmationOf(null)).toBeNull()
  expect(confirmationOf('mostrador:arrived?')).toBeNull()
})

it('ends what it waits for where nobody has started it', () => {
  // The test's own process may have a parent; a process without one has no channel.
  const { connected } = process
  Reflect.set(process, 'connected', false)
  try {
    const delivered = vi.fn()
    parentPort().say({}, delivered)
    expect(delivered).toHaveBeenCalledOnce()
  } finally {
    Reflect.set(process, 'connected', connected)
  }
})
