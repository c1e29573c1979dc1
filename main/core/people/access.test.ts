import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import type { Log } from '../host.ts'
import { withMutant } from '../mutants.ts'
import { PasswordHasher } from './password-hash.ts'
import type { Person } from './person.ts'
import { openPeople, type PeopleService } from './service.ts'

const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }
/** A hash that takes no time: what is tested is not how hard it is. */
const passwordCostLog2 = 4
const good = 'gato verde tranvía'
const other = 'siete paraguas rojos'
let folder: string
let clock: ManualClock
let people: PeopleService
let owner: Person
let actor: `person:${string}`

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-'))
  clock = new ManualClock()
  people = openPeople(folder, { clock, log, passwordCostLog2 })
  owner = people.owner()
  actor = `person:${owner.id}`
})
afterEach(() => {
  people.close()
  rmSync(folder, { recursive: true, force: true })
})

function reopen(costLog2 = passwordCostLog2): void {
  people.close()
  people = openPeople(folder, { clock, log, passwordCostLog2: costLog2 })
}

function set(personId: string, password: string, more: { current?: string; keep?: string } = {}) {
  const needsCurrent = more.current !== undefined
  return people.access.setPassword(actor, { personId, password, shopNames: ['Lola'], needsCurrent, ...more })
}

function signIn(name: string, password: string, address = '192.168.1.20') {
  return people.access.signIn({ name, password, address, browser: 'Firefox · Linux' })
}

const code = (name: string, data = {}) => ({ code: `access.${name}`, data })
async function fail(times: number, name = 'Eva', address = '192.168.1.20'): Promise<void> {
  for (let time = 0; time < times; time++)
    await expect(signIn(name, `wrong ${time}`, address)).rejects.toMatchObject(code('wrong_password'))
}

describe('signing in', () => {
  it('takes the right password of the right person, and a session begins', async () => {
    const eva = people.addPerson(actor, 'Eva Peña')
    await set(owner.id, good)
    await set(eva.id, other)
    const { token, session } = await signIn(' eva pena ', other)
    expect(people.session(token)).toEqual(session)
    expect(session.person).toEqual(eva)
    expect(people.access.sessions.list(eva.id)).toMatchObject([
      { personId: eva.id, browser: 'Firefox · Linux', startedAt: session && expect.any(String) },
    ])
    expect((await signIn('', good)).session.person).toEqual(owner)
    await expect(signIn('Eva Peña', good)).rejects.toMatchObject(code('wrong_password'))
  })

  it('takes a password typed in another composition of the same signs', async () => {
    await set(owner.id, 'tranvía verde con ñu')
    expect((await signIn('', 'tranvía verde con ñu'.normalize('NFD'))).session.person.id).toBe(owner.id)
  })

  it('says the same of nobody, of somebody without a password and of a wrong one', async () => {
    people.addPerson(actor, 'Eva')
    await set(owner.id, good)
    for (const name of ['Nobody', 'Eva', '']) await fail(4, name, `10.0.0.${name.length + 1}`)
    for (const name of ['Nobody', 'Eva', '']) {
      await fail(1, name, '10.0.1.1')
      await expect(signIn(name, 'x', '10.0.2.2')).rejects.toMatchObject(
        code('too_many_tries', { minutes: 1 }),
      )
    }
  })

  it('hashes once for each try, whoever is named', async () => {
    const hasher = new PasswordHasher(4)
    const made = await hasher.hash(good)
    expect(await hasher.matches(good, made)).toBe(true)
    expect(await hasher.matches(other, made)).toBe(false)
    expect(await hasher.matches(good, null)).toBe(false)
    expect(Buffer.from(made.hash).equals(Buffer.from((await hasher.hash(good)).hash))).toBe(false)
  })

  it('does not pile up work', async () => {
    const hasher = new PasswordHasher(14)
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => hasher.matches(good, null)))
    const refused = all.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(40 - 18)
    expect(await hasher.matches(good, null)).toBe(false)
  })

  it('lets who is known go before strangers, however many of them wait', async () => {
    const hasher = new PasswordHasher(14)
    const order: string[] = []
    const strangers = Array.from({ length: 18 }, (_, at) =>
      hasher.matches(good, null).then(() => order.push(`stranger ${at}`)),
    )
    const known = hasher.matches(good, null, true).then(() => order.push('known'))
    const changed = hasher.hash(good).then(() => order.push('changed'))
    await Promise.all([...strangers, known, changed])
    expect(order.indexOf('known')).toBeLessThan(5)
    expect(order.indexOf('changed')).toBeLessThan(6)
  })

  it('moves a password to the cost of today', async () => {
    await set(owner.id, good)
    reopen(5)
    expect((await signIn('', good)).session.person.id).toBe(owner.id)
    expect((await signIn('', good)).session.person.id).toBe(owner.id)
  })

  it('never writes a password down, nor what was typed as a name', async () => {
    await set(owner.id, good)
    await expect(signIn('hunter2hunter2', good)).rejects.toMatchObject(code('wrong_password'))
    people.close()
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name))
      expect(bytes.includes(good) || bytes.includes('hunter2')).toBe(false)
    }
    people = openPeople(folder, { clock, log })
  })
})

describe('too many tries', () => {
  beforeEach(async () => {
    const eva = people.addPerson(actor, 'Eva')
    await set(eva.id, good)
  })

  it('on a name make it wait, from wherever they come, longer each time, and over a restart', async () => {
    await fail(5)
    const wait = (minutes: number) =>
      expect(signIn('Eva', good, '192.168.1.77')).rejects.toMatchObject(code('too_many_tries', { minutes }))
    await wait(1)
    reopen()
    await wait(1)
    clock.advance(59_000)
    await wait(1)
    clock.advance(1_000)
    await fail(1)
    await wait(2)
    clock.advance(120_000)
    expect((await signIn('Eva', good)).session.person.name).toBe('Eva')
    await fail(4, 'Eva', '192.168.1.99')
    expect((await signIn('Eva', good)).session.person.name).toBe('Eva')
  })

  it('of a stranger keep nobody out of a browser that they have signed in with before', async () => {
    const { device } = await signIn('Eva', good)
    await fail(5)
    const known = (password = good, address = '192.168.1.20') =>
      people.access.signIn({ name: 'eva', password, address, browser: '', device })
    await expect(signIn('Eva', good, '192.168.1.21')).rejects.toMatchObject({ code: 'access.too_many_tries' })
    expect((await known()).session.person.name).toBe('Eva')
    // Nor from the address that it shares with who guesses, as behind a proxy.
    for (let name = 0; name < 10; name++) await fail(1, `Name ${name}`, '192.168.1.30')
    expect((await known(good, '192.168.1.30')).session.person.name).toBe('Eva')
    await withMutant('access.known_device', () =>
      expect(known()).rejects.toMatchObject({ code: 'access.too_many_tries' }),
    )
    // The name waits on for everybody else.
    await expect(signIn('Eva', good, '192.168.1.22')).rejects.toMatchObject({ code: 'access.too_many_tries' })
    // What is tried there is counted as well, by itself.
    for (let time = 0; time < 5; time++)
      await expect(known(`wrong ${time}`)).rejects.toMatchObject(code('wrong_password'))
    await expect(known()).rejects.toMatchObject(code('too_many_tries', { minutes: 1 }))
  })

  it('of a browser count as anybody’s for another person, and after a new password', async () => {
    const { device, session } = await signIn('Eva', good)
    await set(owner.id, other)
    await fail(5, '')
    await expect(
      people.access.signIn({ name: '', password: other, address: '10.0.0.9', browser: '', device }),
    ).rejects.toMatchObject({ code: 'access.too_many_tries' })
    await set(session.person.id, other)
    await fail(5)
    await expect(
      people.access.signIn({ name: 'Eva', password: other, address: '10.0.0.9', browser: '', device }),
    ).rejects.toMatchObject({ code: 'access.too_many_tries' })
  })

  it('are not those that nobody had time to look at', async () => {
    reopen(14)
    const names = Array.from({ length: 40 }, (_, at) => `10.2.0.${at}`)
    const ends = await Promise.allSettled(names.map((address, at) => signIn(`Name ${at}`, 'x', address)))
    const refused = names.filter((_, at) => {
      const end = ends[at]
      return end?.status === 'rejected' && end.reason.code === 'access.too_many_tries'
    })
    expect(refused).toHaveLength(40 - 18)
    const [busy = ''] = refused
    await fail(5, `Name ${names.indexOf(busy)}`, busy)
  })

  it('from an address make it wait, whoever it names', async () => {
    for (let name = 0; name < 10; name++) await fail(1, `Name ${name}`)
    await expect(signIn('Eva', good)).rejects.toMatchObject(code('too_many_tries', { minutes: 1 }))
    expect((await signIn('Eva', good, '192.168.1.21')).session.person.name).toBe('Eva')
  })

  it('count at once when they come at once', async () => {
    const flood = () =>
      Promise.allSettled(Array.from({ length: 12 }, (_, at) => signIn('Eva', `wrong ${at}`)))
    const codes = (await flood()).map((end) => (end.status === 'rejected' ? end.reason.code : 'in'))
    expect(codes.filter((one) => one === 'access.wrong_password')).toHaveLength(5)
    expect(codes.filter((one) => one === 'access.too_many_tries')).toHaveLength(7)
    await withMutant('access.tries', async () => {
      const ends = await flood()
      expect(
        ends.every((end) => end.status === 'rejected' && end.reason.code === 'access.wrong_password'),
      ).toBe(true)
    })
  })

  it('keep no place for each name ever typed', async () => {
    for (let at = 0; at < 3; at++) await fail(1, `Name ${at}`, `10.1.1.${at}`)
    clock.advance(13 * 60 * 60_000)
    await fail(1)
    expect((await signIn('Eva', good)).session.person.name).toBe('Eva')
  })

  it('on the own password count as well', async () => {
    await set(owner.id, good)
    for (let time = 0; time < 5; time++)
      await expect(set(owner.id, other, { current: 'wrong' })).rejects.toMatchObject(code('wrong_password'))
    await expect(set(owner.id, other, { current: good })).rejects.toMatchObject(
      code('too_many_tries', { minutes: 1 }),
    )
  })
})

describe('setting a password', () => {
  it('ends the other sessions, and theirs alone', async () => {
    const eva = people.addPerson(actor, 'Eva')
    const [one, kept, evas] = [owner.id, owner.id, eva.id].map((id) => people.startSession(id))
    const ended = await set(owner.id, good, { keep: kept?.session.id ?? '' })
    expect(ended).toEqual([one?.session.id])
    const alive = [one, kept, evas].map((each) => people.session(each?.token ?? '') !== null)
    expect(alive).toEqual([false, true, true])
    await withMutant('access.sessions_end', async () => {
      await set(owner.id, other)
      expect(people.session(kept?.token ?? '')).not.toBeNull()
    })
  })

  it('asks for the one so far, where there is one', async () => {
    await set(owner.id, good, { current: '' })
    await expect(set(owner.id, other, { current: '' })).rejects.toMatchObject(code('wrong_password'))
    await set(owner.id, other, { current: good })
    expect((await signIn('', other)).session.person.id).toBe(owner.id)
  })

  it('refuses weak ones and says why', async () => {
    const eva = people.addPerson(actor, 'Evangelina')
    for (const [password, reason] of [
      ['kurz', 'short'],
      ['1234567890', 'pattern'],
      ['Contraseña1', 'common'],
      ['evangelina7', 'name'],
      ['lolalola 12', 'name'],
    ] as const)
      await expect(set(eva.id, password)).rejects.toMatchObject(code('password_weak', { reason }))
    await expect(set('nobody', good)).rejects.toMatchObject({ code: 'person.not_found' })
  })

  it('keeps names apart by which people sign in', async () => {
    const [eva, twin] = [people.addPerson(actor, 'Eva'), people.addPerson(actor, 'éva')]
    await set(eva.id, good)
    await expect(set(twin.id, other)).rejects.toMatchObject({ code: 'conflict', data: { field: 'name' } })
    expect(() => people.updatePerson(actor, owner.id, { name: 'EVA' })).toThrow('conflict')
    expect((await signIn('eva', good)).session.person.id).toBe(eva.id)
  })

  it('can be undone: nobody signs in with it, and what was signed in with it is over', async () => {
    await set(owner.id, good)
    const { token } = await signIn('', good)
    expect([...people.access.withPassword()]).toEqual([owner.id])
    people.access.removePassword(actor, owner.id)
    expect(people.session(token)).toBeNull()
    expect([...people.access.withPassword()]).toEqual([])
    await expect(signIn('', good)).rejects.toMatchObject(code('wrong_password'))
  })

  it('is over with the person', async () => {
    const eva = people.addPerson(actor, 'Eva')
    await set(eva.id, good)
    const { token, session } = await signIn('Eva', good)
    expect(people.removePerson(actor, eva.id)).toEqual([session.id])
    expect(people.session(token)).toBeNull()
    expect([...people.access.withPassword()]).toEqual([])
    await expect(signIn('Eva', good)).rejects.toMatchObject(code('wrong_password'))
  })
})

describe('sessions', () => {
  it('know their browser and their last use', () => {
    const { token, session } = people.startSession(owner.id, `Chrome\u0000 · Android ${'x'.repeat(100)}`)
    const started = new Date(clock.now()).toISOString()
    clock.advance(60 * 60_000)
    people.session(token)
    const [info] = people.access.sessions.list()
    expect(info).toMatchObject({ id: session.id, personId: owner.id, startedAt: started })
    expect(info?.usedAt).toBe(new Date(clock.now()).toISOString())
    expect(info?.browser).toMatch(/^Chrome · Android x+$/)
    expect(info?.browser).toHaveLength(60)
    people.endSession(session)
    expect(people.access.sessions.list()).toEqual([])
  })
})
