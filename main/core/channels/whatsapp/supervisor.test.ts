import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock } from '../../../../tests/fixtures/clock.ts'
import { testLog } from '../../../../tests/fixtures/host.ts'
import { ScriptedProcesses } from '../../../../tests/fixtures/scripted-process.ts'
import { DomainError } from '../../errors.ts'
import { withMutant } from '../../mutants.ts'
import type { ChannelSink, ChannelState, InboundMessage } from '../channel.ts'
import { LOOK_MS } from './decisions.ts'
import { Supervisor } from './supervisor.ts'

const ready = { type: 'ready', name: 'La Tienda', phone: '549115' } as const
const beat = { type: 'beat', memory: 1, processes: 9, heavy: false } as const

function message(text: string): InboundMessage {
  const from = { externalId: '34600@c.us', name: 'Eva', isBot: false }
  const chat = { chatId: '34600@c.us', chatKind: 'private' as const, externalId: text, from }
  return { ...chat, sentAt: 1, text, attachments: [], own: false }
}

/** Files are written in between, and disks are slow when they are busy. */
const eventually = (isSo: () => void) => vi.waitFor(isSo, { timeout: 15_000, interval: 10 })

describe('a life of WhatsApp', () => {
  let folder: string
  let clock: ManualClock
  let processes: ScriptedProcesses
  let states: ChannelState[]
  let received: string[]
  let answers: number
  let isFull: boolean
  let noBrowser: DomainError | null
  let supervisor: Supervisor

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'whatsapp-life-'))
    clock = new ManualClock()
    processes = new ScriptedProcesses()
    states = []
    received = []
    answers = 0
    isFull = false
    noBrowser = null
    supervisor = make()
  })
  afterEach(async () => {
    processes.obedient = true
    await supervisor.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function make(): Supervisor {
    const sink: ChannelSink = {
      receive: async ({ text }) => {
        if (isFull) throw new DomainError('storage.full')
        received.push(text)
      },
      edit: async () => undefined,
      remove: async () => undefined,
      chats: async () => undefined,
      state: (state) => states.push(state),
    }
    const browser = async () => {
      if (noBrowser !== null) throw noBrowser
      return { path: '/usr/bin/chromium', userAgent: 'Mozilla' }
    }
    const deps = {
      folder,
      processes,
      clock,
      log: testLog(),
      firstReadyAt: null,
      browser,
      groups: () => false,
    }
    const events = { answer: () => undefined, over: () => void answers++, isAsked: () => false }
    return new Supervisor({ ...deps, openChats: () => [{ chatId: '34600@c.us', after: 5 }] }, sink, events)
  }

  const started = (count: number) => eventually(() => expect(processes.started).toHaveLength(count))
  const inState = (state: Partial<ChannelState>) =>
    eventually(() => expect(supervisor.state).toMatchObject(state))

  /** A process that is ready. */
  async function live() {
    supervisor.start()
    await started(1)
    processes.newest.say(ready)
    return processes.newest
  }

  it('goes from browser over code to ready', async () => {
    supervisor.start()
    await started(1)
    const { newest } = processes
    expect(newest.options).toMatchObject({ folder, since: null, tellChats: true, groups: false })
    newest.say({ type: 'step', step: 'page' })
    newest.say({ type: 'code', qr: 'A' })
    clock.advance(1_000)
    newest.say({ type: 'code', qr: 'B' })
    newest.say({ type: 'paired' })
    newest.say({ type: 'chats', id: 1, chats: [] })
    newest.say(ready)
    newest.say(ready)
    const since = '2026-03-02T10:00:00.000Z'
    expect(states.slice(-6)).toEqual([
      { state: 'connecting', step: 'page' },
      { state: 'pairing', qr: 'A', since, reason: 'new' },
      { state: 'pairing', qr: 'B', since, reason: 'new' },
      { state: 'connecting', step: 'syncing' },
      { state: 'ready', name: 'La Tienda', externalId: '549115' },
      { state: 'ready', name: 'La Tienda', externalId: '549115' },
    ])
    await eventually(() => expect(newest.ordered('stored')).toMatchObject([{ id: 1 }]))
    expect(supervisor.profile.note.chatsTold).toBe(true)
    // Nobody listened before: there is nothing to catch up with.
    expect(newest.ordered('catch_up')).toEqual([])
  })

  it('looks after a pause for what was missed, but not before the account was connected', async () => {
    await live()
    await supervisor.stop()
    clock.advance(20 * 60_000)
    supervisor = make()
    supervisor.start()
    await started(2)
    processes.newest.say(ready)
    expect(processes.newest.options).toMatchObject({ since: Date.parse('2026-03-02T09:00:00Z') })
    expect(processes.newest.ordered('catch_up')).toMatchObject([
      { chats: [{ chatId: '34600@c.us', after: 5 }] },
    ])
  })

  it('waits longer and longer between lives that fail, and forgets that when all is well', async () => {
    supervisor.start()
    for (const [index, pause] of [1_000, 5_000, 15_000, 60_000, 60_000].entries()) {
      await started(index + 1)
      processes.newest.end('page_died')
      await inState({ state: 'waiting', reason: 'restarting', detail: 'page_died' } as ChannelState)
      clock.advance(pause - 1)
      expect(processes.started).toHaveLength(index + 1)
      clock.advance(1)
    }
    await started(6)
    processes.newest.say(ready)
    for (let minute = 0; minute < 6 * 12; minute++) {
      clock.advance(LOOK_MS)
      processes.newest.say(beat)
    }
    processes.newest.end('browser_died')
    await inState({ state: 'waiting' })
    clock.advance(1_000)
    await started(7)
  })

  it('does not wait any longer when the computer has woken', async () => {
    supervisor.start()
    await started(1)
    supervisor.reconnect()
    processes.newest.end('page_died')
    await inState({ state: 'waiting', reason: 'restarting' } as ChannelState)
    supervisor.reconnect()
    await started(2)
    supervisor.reconnect()
    processes.newest.end('page_died')
    await inState({ state: 'waiting' })
    // The first pause again.
    clock.advance(1_000)
    await started(3)
  })

  it('ends a process that says nothing, but not one whose computer slept', async () => {
    const child = await live()
    clock.advance(LOOK_MS * 5)
    expect(child.isKilled).toBe(false)
    child.say(beat)
    // Hours of sleep are one look.
    clock.jump(10 * 60 * 60_000)
    clock.advance(LOOK_MS)
    expect(child.isKilled).toBe(false)
    clock.advance(LOOK_MS * 5)
    expect(child.isKilled).toBe(true)
    await inState({ state: 'waiting', detail: 'process_hung' } as ChannelState)
    expect(answers).toBe(1)
  })

  it('hears nothing of a life that is over', async () => {
    const old = await live()
    old.end('browser_died')
    await inState({ state: 'waiting' })
    clock.advance(1_000)
    await started(2)
    old.say({ type: 'code', qr: 'old' })
    old.say({ type: 'message', id: 1, message: message('old') })
    processes.newest.say(ready)
    processes.newest.say({ type: 'message', id: 2, message: message('new') })
    await eventually(() => expect(received).toEqual(['new']))
    expect(states).not.toContainEqual(expect.objectContaining({ state: 'pairing' }))
  })

  it('deletes the session after a logout, once the browser has gone, and pairs anew', async () => {
    const child = await live()
    mkdirSync(join(folder, 'session'))
    writeFileSync(join(folder, 'session', 'cookies'), 'secret')
    child.say({ type: 'ended', reason: 'logged_out' })
    expect(existsSync(join(folder, 'session'))).toBe(true)
    child.exit()
    await eventually(() => expect(existsSync(join(folder, 'session'))).toBe(false))
    await eventually(() => {
      clock.advance(0)
      expect(processes.started).toHaveLength(2)
    })
    expect(processes.newest.options.tellChats).toBe(true)
    processes.newest.say({ type: 'code', qr: 'A' })
    expect(supervisor.state).toMatchObject({ state: 'pairing', reason: 'logged_out' })
  })

  it('stops at a conflict until it is told to use it here', async () => {
    const conflict = async () => {
      const child = await live()
      child.end('conflict')
      await eventually(() => expect(supervisor.state.state).not.toBe('ready'))
      clock.advance(60 * 60_000)
      return processes.started.length
    }
    expect(supervisor.useHere()).toBe(false)
    expect(await conflict()).toBe(1)
    expect(supervisor.state).toEqual({ state: 'refused', reason: 'conflict' })
    expect(supervisor.useHere()).toBe(true)
    await started(2)
    expect(processes.newest.ordered('use_here')).toHaveLength(1)
  })

  it('would start again at a conflict without its guard', async () => {
    await withMutant('whatsapp.conflict_stops', async () => {
      const child = await live()
      child.end('conflict')
      await inState({ state: 'waiting' })
      clock.advance(0)
      await started(2)
    })
  })

  it('says that a message is stored only after it is', async () => {
    const child = await live()
    isFull = true
    child.say({ type: 'message', id: 1, message: message('Hola') })
    await eventually(() => expect(child.ordered('not_stored')).toMatchObject([{ id: 1 }]))
    expect(child.ordered('stored')).toEqual([])
    expect(supervisor.state).toMatchObject({ state: 'waiting', reason: 'storage' })
    isFull = false
    child.say({ type: 'message', id: 1, message: message('Hola') })
    await eventually(() => expect(child.ordered('stored')).toMatchObject([{ id: 1 }]))
    expect(supervisor.state).toMatchObject({ state: 'ready' })
    await withMutant('whatsapp.stored_after_commit', async () => {
      isFull = true
      child.say({ type: 'message', id: 2, message: message('Adiós') })
      await eventually(() => expect(child.ordered('stored')).toMatchObject([{ id: 1 }, { id: 2 }]))
    })
  })

  it('says that there is no browser, and looks again', async () => {
    noBrowser = new DomainError('browser.not_found')
    supervisor.start()
    await inState({ state: 'refused', reason: 'browser', detail: 'browser.not_found' } as ChannelState)
    const told = states.length
    clock.advance(60_000)
    await eventually(() => expect(states.length).toBeGreaterThan(told))
    expect(states.slice(told).every(({ state }) => state === 'refused')).toBe(true)
    noBrowser = null
    await eventually(() => expect(clock.waits.length).toBeGreaterThan(0))
    clock.advance(60_000)
    await started(1)
  })

  it('starts a browser that has grown too large anew, at a quiet moment only', async () => {
    const child = await live()
    child.say({ ...beat, heavy: true })
    expect(child.ordered('stop')).toEqual([])
    for (let looks = 0; looks < 3 * 60 * 12 + 1; looks++) {
      clock.advance(LOOK_MS)
      child.say(beat)
    }
    child.say({ type: 'message', id: 1, message: message('Hola') })
    child.say({ ...beat, heavy: true })
    expect(child.ordered('stop')).toEqual([])
    for (let looks = 0; looks < 13; looks++) {
      clock.advance(LOOK_MS)
      child.say({ ...beat, heavy: looks === 12 })
    }
    expect(child.ordered('stop')).toHaveLength(1)
    await inState({ state: 'waiting', detail: 'memory' } as ChannelState)
    clock.advance(0)
    await started(2)
  })

  it('kills what does not stop within its time', async () => {
    const child = await live()
    processes.obedient = false
    const stopped = supervisor.stop()
    await eventually(() => expect(child.ordered('stop')).toHaveLength(1))
    expect(child.isKilled).toBe(false)
    clock.advance(10_000)
    await stopped
    expect(child.isKilled).toBe(true)
    expect(supervisor.state).toEqual({ state: 'stopped' })
  })
})
