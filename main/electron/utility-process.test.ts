import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { ForkOptions, UtilityProcess } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import { testLog } from '../../tests/fixtures/host.ts'
import type { ChildProcess } from '../core/host.ts'
import { utilityProcesses } from './utility-process.ts'

/** What Electron gives back, as far as it is used; refuses what Electron would not survive. */
class FakeUtility extends EventEmitter {
  pid: number | undefined
  readonly stdout = new PassThrough()
  readonly stderr = null
  readonly posted: unknown[] = []
  gone = false

  postMessage(message: unknown): void {
    if (this.gone) throw new Error('the app would die here')
    this.posted.push(structuredClone(message))
  }

  kill(): boolean {
    return this.pid !== undefined
  }

  spawned(pid: number): void {
    this.pid = pid
    this.emit('spawn')
  }

  exited(code: number): void {
    this.gone = true
    this.emit('exit', code)
    this.pid = undefined
  }
}

let fake: FakeUtility
let forked: { modulePath: string; args: string[] | undefined; options: ForkOptions | undefined } | null
let killed: number[]
let clock: ManualClock
let child: ChildProcess
let heard: unknown[]
let exits: (number | null)[]

beforeEach(() => {
  fake = new FakeUtility()
  forked = null
  killed = []
  clock = new ManualClock()
  const processes = utilityProcesses({
    fork: (modulePath, args, options) => {
      forked = { modulePath, args, options }
      // Only what is described above is used of it.
      return fake as unknown as UtilityProcess
    },
    kill: (pid) => void killed.push(pid),
    clock,
    log: testLog(),
  })
  child = processes.fork('/app.asar/out/main/core/engines/local/model-process.js', ['{"a":1}'])
  heard = []
  exits = []
  child.onMessage((message) => heard.push(message))
  child.onExit((code) => exits.push(code))
})

describe('a part as a utility process', () => {
  it('is started with its arguments, a name and no options of the app', () => {
    expect(forked).toEqual({
      modulePath: '/app.asar/out/main/core/engines/local/model-process.js',
      args: ['{"a":1}'],
      options: {
        execArgv: [],
        stdio: ['ignore', 'pipe', 'inherit'],
        serviceName: 'Mostrador · models',
      },
    })
  })

  it('is spoken to before it has started and heard until it ends', () => {
    child.send({ type: 'generate', id: 1 })
    fake.spawned(41)
    fake.emit('message', { type: 'state' })
    fake.exited(0)
    fake.emit('message', { type: 'late' })
    expect(fake.posted).toEqual([{ type: 'generate', id: 1 }])
    expect(heard).toEqual([{ type: 'state' }])
    expect(exits).toEqual([0])
  })

  it('confirms what has arrived when it is asked to, and tells nobody of that', () => {
    fake.spawned(41)
    fake.emit('message', { type: 'ended' })
    fake.emit('message', { 'mostrador:arrived?': 7 })
    expect(heard).toEqual([{ type: 'ended' }])
    expect(fake.posted).toEqual([{ 'mostrador:arrived': 7 }])
  })

  it('may be spoken to by whoever hears of its end', () => {
    child.onExit(() => child.send({ type: 'stop' }))
    fake.spawned(41)
    fake.exited(11)
    child.send({ type: 'stop' })
    child.kill()
    expect(exits).toEqual([11])
    expect(killed).toEqual([])
  })

  it('is ended at once, and has then no exit code of its own', () => {
    fake.spawned(41)
    child.kill()
    expect(killed).toEqual([41])
    fake.exited(9)
    expect(exits).toEqual([null])
  })

  it('is ended as soon as it has started when it was to end before', () => {
    child.kill()
    expect(killed).toEqual([])
    fake.spawned(41)
    expect(killed).toEqual([41])
  })

  it('counts as ended when it does not start at all, and is ended when it starts after that', async () => {
    await clock.advance(60_000)
    expect(exits).toEqual([null])
    fake.spawned(41)
    expect(killed).toEqual([41])
    fake.exited(9)
    expect(exits).toEqual([null])
  })

  it('gives what it prints, to its end', async () => {
    const printed: Buffer[] = []
    const first = new Promise((done) => child.stdout.once('data', done))
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
    fake.spawned(41)
    fake.stdout.write('llama.cpp')
    await first
    const ended = new Promise((done) => child.stdout.once('end', done))
    fake.exited(0)
    await ended
    expect(Buffer.concat(printed).toString()).toBe('llama.cpp')
  })
})
