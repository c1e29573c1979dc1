import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { EventBus } from '../events.ts'
import type { Log } from '../host.ts'
import { openStorage } from '../storage/open.ts'
import { appMigrations } from './migrations.ts'
import { PasswordHasher } from './password-hash.ts'
import { openPeople, PeopleService, sessionIdleMs, sessionLifetimeMs } from './service.ts'

const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }
let folder: string
let clock: ManualClock
let people: PeopleService

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'people-'))
  clock = new ManualClock()
  people = openPeople(folder, { clock, log })
})
afterEach(() => {
  people.close()
  rmSync(folder, { recursive: true, force: true })
})

function reopen(): void {
  people.close()
  people = openPeople(folder, { clock, log })
}

describe('people', () => {
  it('keeps the instance id and the owner over restarts', () => {
    const instance = people.instanceId()
    const owner = people.owner()
    reopen()
    expect(people.instanceId()).toBe(instance)
    expect(people.owner()).toEqual(owner)
    expect(instance).toMatch(/^[0-9a-f]{16}$/)
  })

  it('takes on clerks and lets them go, but never the owner', () => {
    const owner = people.owner()
    const actor = `person:${owner.id}` as const
    const eva = people.addPerson(actor, ' Eva ')
    expect(people.list().map(({ name, role }) => [name, role])).toEqual([
      ['', 'owner'],
      ['Eva', 'staff'],
    ])
    const { token } = people.startSession(eva.id)
    people.removePerson(actor, eva.id)
    expect([people.session(token), people.person(eva.id), people.list()]).toEqual([null, null, [owner]])
    const remove = (id: string) => () => people.removePerson(actor, id)
    expect(remove(eva.id)).toThrowError(expect.objectContaining({ code: 'person.not_found' }))
    expect(remove(owner.id)).toThrowError(expect.objectContaining({ code: 'conflict' }))
  })

  it('changes name and language of a person', () => {
    const owner = people.owner()
    const actor = `person:${owner.id}` as const
    expect(people.updatePerson(actor, owner.id, { name: 'Rosa', language: 'es' })).toMatchObject({
      name: 'Rosa',
      language: 'es',
      role: 'owner',
    })
    expect(() => people.updatePerson(actor, 'nobody', { name: 'x' })).toThrow('not_found')
  })
})

describe('sessions', () => {
  it('stand for their person over a restart, and no other token does', () => {
    const { token, session } = people.startSession(people.owner().id)
    reopen()
    expect(people.session(token)).toEqual(session)
    expect(people.sessionById(session.id)).toEqual(session)
    expect(people.session(`${token}x`)).toBeNull()
    expect(people.session('')).toBeNull()
  })

  it('never write the token down', () => {
    const { token } = people.startSession(people.owner().id)
    people.close()
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes(token)).toBe(false)
    }
    people = openPeople(folder, { clock, log })
  })

  it('end when they are ended', () => {
    const { token, session } = people.startSession(people.owner().id)
    people.endSession(session)
    expect(people.session(token)).toBeNull()
    expect(people.sessionById(session.id)).toBeNull()
  })

  it('stand on a disk that takes nothing more', () => {
    const bus = new EventBus(() => undefined)
    const storage = openStorage(join(folder, 'full.db'), { clock, bus, migrations: appMigrations })
    const here = new PeopleService(storage, clock, new PasswordHasher(4))
    const { token, session } = here.startSession(here.owner().id)
    storage.sql.pragma('query_only = ON')
    clock.jump(60 * 60_000)
    expect([here.session(token), here.sessionById(session.id)]).toEqual([session, session])
    here.close()
  })

  it('expire when nobody uses them', () => {
    const { token } = people.startSession(people.owner().id)
    clock.jump(sessionIdleMs - 1000)
    expect(people.session(token)).not.toBeNull()
    clock.jump(sessionIdleMs - 1000)
    expect(people.session(token)).not.toBeNull()
    clock.jump(sessionIdleMs + 1000)
    expect(people.session(token)).toBeNull()
  })

  it('do not live for ever, however much they are used', () => {
    const { token } = people.startSession(people.owner().id)
    for (let lived = 0; lived < sessionLifetimeMs - sessionIdleMs; lived += sessionIdleMs / 2) {
      expect(people.session(token)).not.toBeNull()
      clock.jump(sessionIdleMs / 2)
    }
    clock.jump(sessionIdleMs)
    expect(people.session(token)).toBeNull()
  })
})
