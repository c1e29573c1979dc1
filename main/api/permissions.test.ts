import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type ProcedureMeta } from '../../preload/contract/index.ts'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import { type App, createApp } from '../core/app.ts'
import type { Host, Log } from '../core/host.ts'
import { withMutant } from '../core/mutants.ts'
import type { Person } from '../core/people/person.ts'
import { openPeople, type PeopleService } from '../core/people/service.ts'
import type { Caller } from './context.ts'
import { router } from './router.ts'
import type { ServingHost } from './serving.ts'

/**
 * What a clerk may do, for every call that there is: a new one must be decided on here. `owner`: keys, money that is
 * spent, rules, people, papers' templates, bulk data, what other computers and services reach and what lies on this
 * computer. `own`: for themself alone. `door`: nobody at a desk.
 */
const decided: Record<string, Record<string, 'everybody' | 'clerk' | 'own' | 'owner' | 'door'>> = {
  session: {
    me: 'everybody',
    update: 'clerk',
    people: 'clerk',
    addPerson: 'owner',
    removePerson: 'owner',
    logout: 'clerk',
    launchUrl: 'door',
  },
  system: {
    info: 'clerk',
    doctor: 'owner',
  },
  shops: {
    list: 'clerk',
    create: 'owner',
    get: 'clerk',
    profile: 'clerk',
    setProfile: 'owner',
  },
  catalog: {
    list: 'clerk',
    get: 'clerk',
    getMany: 'clerk',
    create: 'clerk',
    update: 'clerk',
    remove: 'clerk',
    restore: 'clerk',
    setStock: 'clerk',
    categories: 'clerk',
    importStart: 'owner',
    importCancel: 'owner',
    imports: 'clerk',
  },
  search: {
    products: 'clerk',
    state: 'clerk',
    rebuild: 'clerk',
    synonyms: 'clerk',
    setSynonyms: 'clerk',
    embedding: 'clerk',
    useEmbedding: 'owner',
  },
  knowledge: {
    list: 'clerk',
    add: 'clerk',
    update: 'clerk',
    remove: 'clerk',
  },
  conversations: {
    list: 'clerk',
    get: 'clerk',
    messages: 'clerk',
    take: 'clerk',
    handBack: 'clerk',
    pause: 'clerk',
    send: 'clerk',
    assign: 'clerk',
    suggest: 'clerk',
    setAnswer: 'clerk',
    note: 'clerk',
    markRead: 'clerk',
    markDone: 'clerk',
  },
  chat: {
    open: 'clerk',
    say: 'clerk',
    ask: 'clerk',
  },
  traces: {
    get: 'clerk',
  },
  channels: {
    list: 'clerk',
    addTelegram: 'owner',
    addWhatsApp: 'owner',
    remove: 'owner',
    setEnabled: 'owner',
    setBrowser: 'owner',
    setRules: 'owner',
    useHere: 'clerk',
    refreshCode: 'owner',
    follow: 'clerk',
    chats: 'clerk',
    setChat: 'clerk',
  },
  outbox: {
    unknown: 'clerk',
    resolve: 'clerk',
  },
  events: {
    stream: 'clerk',
  },
  selling: {
    settings: 'clerk',
    setSettings: 'owner',
    discounts: 'clerk',
    addDiscount: 'owner',
    changeDiscount: 'owner',
    removeDiscount: 'owner',
  },
  orders: {
    list: 'clerk',
    counts: 'clerk',
    get: 'clerk',
    byNumber: 'clerk',
    markSeen: 'clerk',
    setState: 'clerk',
    addPayment: 'clerk',
    removePayment: 'clerk',
    refund: 'clerk',
    edit: 'clerk',
    addNote: 'clerk',
    counterSale: 'clerk',
    preview: 'clerk',
  },
  customers: {
    list: 'clerk',
    get: 'clerk',
    create: 'clerk',
    update: 'clerk',
    addAddress: 'clerk',
    removeAddress: 'clerk',
    addPreference: 'clerk',
    removePreference: 'clerk',
    suggestions: 'clerk',
    merge: 'clerk',
    dismissSuggestion: 'clerk',
    undoMerge: 'clerk',
    exportData: 'owner',
    erase: 'owner',
  },
  cards: {
    list: 'clerk',
    get: 'clerk',
    answer: 'clerk',
    keep: 'clerk',
    dismiss: 'clerk',
    ownerChats: 'owner',
    pair: 'owner',
    unpair: 'owner',
  },
  demand: {
    missed: 'clerk',
    dismiss: 'clerk',
  },
  tariffs: {
    list: 'clerk',
    get: 'clerk',
    set: 'owner',
    remove: 'owner',
    preview: 'clerk',
    quotes: 'clerk',
  },
  documents: {
    template: 'clerk',
    setTemplate: 'owner',
    setLogo: 'owner',
    make: 'clerk',
    send: 'clerk',
    sample: 'clerk',
  },
  exports: {
    start: 'owner',
    cancel: 'owner',
  },
  engines: {
    list: 'clerk',
    addRemote: 'owner',
    remoteModels: 'owner',
    addLocal: 'owner',
    change: 'owner',
    remove: 'owner',
    order: 'owner',
    test: 'owner',
    spending: 'clerk',
    setSpending: 'owner',
    privacy: 'clerk',
    setPrivacy: 'owner',
    requests: 'owner',
    request: 'owner',
  },
  models: {
    catalog: 'clerk',
    files: 'owner',
    inspect: 'owner',
    download: 'owner',
    pause: 'owner',
    cancel: 'owner',
    remove: 'owner',
    setFolder: 'owner',
    host: 'clerk',
    watch: 'clerk',
    turnOn: 'owner',
    unload: 'owner',
  },
  cuda: {
    status: 'owner',
    install: 'owner',
    pause: 'owner',
    cancel: 'owner',
    remove: 'owner',
    retry: 'owner',
    watch: 'owner',
  },
  browsers: {
    list: 'clerk',
    choose: 'owner',
    check: 'owner',
    download: 'owner',
    cancelDownload: 'owner',
    progress: 'clerk',
  },
  personality: {
    get: 'clerk',
    set: 'owner',
    preview: 'clerk',
  },
  exam: {
    start: 'owner',
    cancel: 'owner',
    list: 'clerk',
    report: 'clerk',
    compare: 'clerk',
    classes: 'clerk',
    cases: 'clerk',
    addCase: 'owner',
    removeCase: 'owner',
  },
  serving: {
    settings: 'clerk',
    set: 'owner',
    state: 'clerk',
    pause: 'clerk',
    resume: 'clerk',
    absences: 'clerk',
    seen: 'clerk',
  },
  drafts: {
    list: 'clerk',
    get: 'clerk',
    send: 'clerk',
    dismiss: 'clerk',
    retry: 'clerk',
  },
  quickReplies: {
    list: 'clerk',
    save: 'clerk',
    remove: 'clerk',
    restore: 'clerk',
    order: 'clerk',
  },
  shell: {
    state: 'clerk',
    watch: 'clerk',
    set: 'owner',
    checkForUpdate: 'owner',
    cancelUpdate: 'owner',
    restartToUpdate: 'owner',
    diagnostics: 'owner',
    copyDiagnostics: 'owner',
    openLogs: 'owner',
    chooseFile: 'owner',
  },
  access: {
    state: 'own',
    setPassword: 'own',
    removePassword: 'owner',
    endSession: 'own',
  },
}

const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }
const password = 'gato verde tranvía'
let folder: string
let app: App
let people: PeopleService
let clerk: Person
let ended: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'permissions-'))
  const clock = new ManualClock()
  const host: Host = {
    kind: 'test',
    paths: { data: folder, resources: folder },
    clock,
    log,
    secrets: { method: 'none', wrap: async (key) => key, unwrap: async (key) => key },
    notifier: { notify() {} },
    processes: {
      fork() {
        throw new Error('no processes here')
      },
    },
  }
  app = await createApp({ closed: true }, host)
  people = openPeople(folder, { clock, log, passwordCostLog2: 4 })
  clerk = people.addPerson(`person:${people.owner().id}`, 'Eva')
})
afterAll(async () => {
  await app.stop()
  people.close()
  rmSync(folder, { recursive: true, force: true })
})

function clientFor(caller: Caller) {
  ended = []
  const serving: ServingHost = {
    version: '0',
    startedAt: '2026-01-01T00:00:00.000Z',
    instanceId: 'i',
    people,
    launchUrl: () => ({ url: 'http://127.0.0.1:1', launchUrl: 'http://127.0.0.1:1/launch?token=x' }),
    endSession: (id) => ended.push(id),
    upload: () => null,
    shopCreated() {},
    diagnostics: async () => '',
    checks: async () => [],
  }
  return createRouterClient(router, { context: { app, serving, log, caller: () => caller } })
}
const atDesk = (person: Person, sessionId = 's'): Caller => ({ via: 'desk', sessionId, person })
const refused = (code: string) => ({ data: { code } })

/** The code that a call with an input that fits nothing is refused with, or null. */
async function refusal(caller: Caller, path: [string, string]): Promise<string | null> {
  let node: unknown = clientFor(caller)
  for (const name of path) node = Reflect.get(Object(node), name)
  if (typeof node !== 'function') throw new Error(`nothing at ${path.join('.')}`)
  try {
    const result: unknown = await node({ shop: '../none' })
    // A stream is not begun.
    if (Symbol.asyncIterator in Object(result)) await (result as AsyncGenerator).return(undefined)
    return null
  } catch (error) {
    return String(Reflect.get(Object(Reflect.get(Object(error), 'data')), 'code'))
  }
}

const all = Object.entries(contract).flatMap(([feature, calls]) =>
  Object.entries(calls).map(([name, call]) => {
    const meta: ProcedureMeta = call['~orpc'].meta
    return { name: `${feature}.${name}`, path: [feature, name] as [string, string], meta }
  }),
)

describe('a clerk', () => {
  it('has a decision for every call, and for none that is not there', () => {
    const named = Object.entries(decided).flatMap(([feature, calls]) =>
      Object.keys(calls).map((name) => `${feature}.${name}`),
    )
    expect(named.sort()).toEqual(all.map(({ name }) => name).sort())
  })

  it.each(all)('$name is as decided', async ({ path, meta }) => {
    const verdict = decided[path[0]]?.[path[1]]
    const permission = {
      everybody: 'public',
      clerk: 'desk',
      own: 'desk',
      owner: 'owner',
      door: 'door',
    } as const
    expect(meta.permission).toBe(permission[verdict ?? 'door'])
    const code = await refusal(atDesk(clerk), path)
    if (verdict === 'owner' || verdict === 'door') {
      expect(code).toBe('session.forbidden')
      if (verdict === 'owner')
        expect(await refusal(atDesk(people.owner()), path)).not.toBe('session.forbidden')
    } else expect(code).not.toBe('session.forbidden')
  })

  it('would be let in to all of it by a missing check', async () => {
    await withMutant('access.owner_only', async () => {
      expect(await refusal(atDesk(clerk), ['engines', 'setSpending'])).not.toBe('session.forbidden')
    })
  })

  it('sees and changes their own access alone', async () => {
    const owner = people.owner()
    const mine = people.startSession(clerk.id, 'Firefox · Android').session
    const other = people.startSession(clerk.id).session
    const owners = people.startSession(owner.id).session
    const desk = clientFor(atDesk(clerk, mine.id))
    const state = await desk.access.state()
    expect(state.people).toEqual([{ id: clerk.id, name: 'Eva', role: 'staff', hasPassword: false }])
    expect(state.sessions.map(({ id, own }) => [id, own]).sort()).toEqual(
      [
        [mine.id, true],
        [other.id, false],
      ].sort(),
    )
    await desk.access.setPassword({ personId: clerk.id, password })
    expect(ended).toEqual([other.id])
    await expect(
      desk.access.setPassword({ personId: clerk.id, password: `${password} 2` }),
    ).rejects.toMatchObject(refused('access.wrong_password'))
    const theirs = refused('session.forbidden')
    await expect(desk.access.setPassword({ personId: owner.id, password })).rejects.toMatchObject(theirs)
    await expect(desk.access.endSession({ id: owners.id })).rejects.toMatchObject(theirs)
    await expect(desk.access.endSession({ id: 'unknown' })).rejects.toMatchObject(theirs)
    await desk.access.endSession({ id: mine.id })
    expect([ended, people.sessionById(mine.id)]).toEqual([[other.id, mine.id], null])
  })
})

describe('the owner', () => {
  it('sees everybody, sets their passwords and ends their sessions', async () => {
    const owner = people.owner()
    const here = people.startSession(owner.id).session
    const evas = people.startSession(clerk.id).session
    const desk = clientFor(atDesk(owner, here.id))
    expect((await desk.access.state()).people.map(({ name, role }) => [name, role])).toEqual([
      ['', 'owner'],
      ['Eva', 'staff'],
    ])
    await desk.access.setPassword({ personId: clerk.id, password: 'siete paraguas rojos' })
    expect(ended).toEqual([evas.id])
    const again = people.startSession(clerk.id).session
    await desk.access.endSession({ id: again.id })
    expect(people.sessionById(again.id)).toBeNull()
    await desk.access.removePassword({ personId: clerk.id })
    expect((await desk.access.state()).people.some(({ hasPassword }) => hasPassword)).toBe(false)
    expect(people.sessionById(here.id)).not.toBeNull()
    await expect(
      desk.access.setPassword({ personId: clerk.id, password: 'evaevaeva 12' }),
    ).rejects.toMatchObject(refused('access.password_weak'))
  })

  it('needs no password at the door to set one', async () => {
    const owner = people.owner()
    const door = clientFor({ via: 'door', person: owner })
    await door.access.setPassword({ personId: owner.id, password })
    await door.access.setPassword({ personId: owner.id, password: 'siete paraguas rojos' })
    expect((await door.access.state()).lan).toEqual({ on: false, addresses: [], fingerprint: null })
  })
})
