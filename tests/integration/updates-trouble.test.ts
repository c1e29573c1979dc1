import { afterEach, describe, expect, it } from 'vitest'
import { nextTry } from '../../main/electron/updates/schedule.ts'
import type { UpdateState } from '../../preload/contract/index.ts'
import { UpdateWorld } from '../fixtures/update-release.ts'
import { app } from '../fixtures/updater-electron.ts'

let world: UpdateWorld

afterEach(() => world.close())

const file = /[.]AppImage$/

/** Lets a download that broke be begun again at once. */
function hurryTries(): void {
  for (const tries of [1, 2, 3]) world.clock.hurried.add(nextTry(tries) ?? 0)
}

/** Looks now and fetches what there is; says how that ended. */
async function fetched(): Promise<UpdateState> {
  world.updates.check()
  return await world.until('ready', 'failed')
}

describe('a download', () => {
  it('that breaks is begun again after a while', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    // The first question is for a part that only newer AppImages have; then the whole is asked for.
    world.feed.fail(file, { kind: 'status', status: 503 })
    world.feed.fail(file, { kind: 'cut', after: 50_000 })
    hurryTries()
    expect(await fetched()).toMatchObject({ state: 'ready', version: '1.1.0' })
    app.quit()
    expect(world.installed).toBe('1.1.0')
  })

  it('that always breaks is given up, said, and tried again by itself later', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.feed.fail(file, { kind: 'cut', after: 50_000 }, 100)
    hurryTries()
    expect(await fetched()).toMatchObject({ state: 'failed', error: { code: 'update.unreachable' } })
    world.feed.heal()
    world.clock.skip(34 * 60_000)
    expect(await world.until('ready')).toMatchObject({ version: '1.1.0' })
  })

  it('that comes to a stop is left and begun again', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.feed.fail(file, { kind: 'status', status: 503 })
    world.feed.fail(file, { kind: 'stall', after: 50_000 })
    hurryTries()
    const ended = fetched()
    await world.feed.until(() => world.feed.paths.filter((path) => file.test(path)).length === 2)
    // Longer than a download may give nothing.
    world.clock.skip(6 * 60_000)
    expect(await ended).toMatchObject({ state: 'ready' })
  })

  it('without an end is broken off as soon as it is longer than what we signed', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.feed.fail(file, { kind: 'endless' }, 100)
    expect(await world.check()).toMatchObject({ state: 'failed', error: { code: 'update.checksum' } })
    expect(world.feed.poured).toBeLessThan(30_000_000)
    app.quit()
    expect(world.installed).toBe('1.0.0')
  })

  it('ends when the owner stops it, and can be begun again', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.feed.fail(file, { kind: 'stall', after: 50_000 }, 100)
    world.updates.check()
    await world.until('downloading')
    await world.updates.cancel()
    expect(world.updates.state()).toMatchObject({
      state: 'idle',
      version: '1.1.0',
      progress: null,
      error: null,
    })
    app.quit()
    expect(world.installed).toBe('1.0.0')

    world.feed.heal()
    expect(await fetched()).toMatchObject({ state: 'ready', version: '1.1.0' })
  })

  it('is not begun when the disk has no room for it', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.free = 1_000_000
    expect(await world.check()).toMatchObject({
      state: 'failed',
      error: { code: 'update.no_space', data: { free: 1_000_000 } },
    })
    expect(world.feed.paths.some((path) => file.test(path))).toBe(false)
  })
})

describe('a look', () => {
  it('says that the server is not there, or says no', async () => {
    world = await UpdateWorld.open()
    // No release was ever put there.
    expect(await world.check()).toMatchObject({ state: 'failed', error: { code: 'update.unreachable' } })
    world.publishAppImage('1.1.0')
    world.feed.fail(/yml$/, { kind: 'status', status: 500 })
    expect(await world.check()).toMatchObject({ state: 'failed', error: { code: 'update.unreachable' } })
    expect(await world.check()).toMatchObject({ state: 'ready' })
  })

  it('says that nobody listens there', async () => {
    world = await UpdateWorld.open({ feedUrl: 'http://127.0.0.1:9/' })
    expect(await world.check()).toMatchObject({ state: 'failed', error: { code: 'update.unreachable' } })
  })

  it('leaves a server that does not answer, and asks anew the next time', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.feed.fail(/yml$/, { kind: 'stall', after: 0 })
    const ended = world.check()
    await world.feed.until(() => world.feed.paths.length === 1)
    // Longer than an answer may take.
    world.clock.skip(2 * 60_000)
    expect(await ended).toMatchObject({ state: 'failed', error: { code: 'update.unreachable' } })
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0' })
  })

  it('takes nothing for a feed file that is none', async () => {
    world = await UpdateWorld.open()
    const bodies = [
      '<html>sign in to this network</html>',
      '',
      '\u0000\u0001',
      'version: [',
      '[1, 2]',
      'null',
    ]
    const halves = ['version: 9.9.9', 'version: 9.9.9\nfiles: 3', 'version: nine\nfiles: []']
    for (const body of [...bodies, ...halves]) {
      world.feed.fail(/yml$/, { kind: 'body', body })
      const { state, error } = await world.check()
      expect([state, error?.code], JSON.stringify(body)).toEqual(['failed', 'update.failed'])
    }
  })

  it('takes no feed file without an end', async () => {
    world = await UpdateWorld.open()
    world.feed.fail(/yml$/, { kind: 'endless' })
    expect(await world.check()).toMatchObject({ state: 'failed', error: { code: 'update.failed' } })
    expect(world.feed.poured).toBeLessThan(30_000_000)
    // What comes next is asked for and taken as ever.
    world.publishAppImage('1.1.0')
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0' })
  })

  it('says when a release has nothing for this system', async () => {
    world = await UpdateWorld.open()
    world.publish({
      version: '1.1.0',
      files: { 'Mostrador-1.1.0-arm64.AppImage': 'x', 'Mostrador.exe': 'y' },
    })
    expect(await world.check()).toMatchObject({
      error: { code: 'update.failed', data: { reason: 'no_file' } },
    })
  })

  it('asks nobody over an address on which others could answer', async () => {
    world = await UpdateWorld.open({ feedUrl: 'http://releases.example/' })
    expect(await world.check()).toMatchObject({
      error: { code: 'update.failed', data: { reason: 'address' } },
    })
  })
})

describe('looks that nobody asked for', () => {
  it('come some minutes after the start and every six hours, if the owner wants them', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.0.0')
    world.updates.start()
    world.clock.skip(2 * 60_000)
    expect(world.updates.state().state).toBe('idle')
    world.clock.skip(6 * 60_000)
    await world.until('checking')
    await world.until('idle')
    world.clock.skip(5 * 3_600_000)
    expect(world.updates.state().state).toBe('idle')
    world.publishAppImage('1.1.0')
    world.clock.skip(2 * 3_600_000)
    expect(await world.until('ready')).toMatchObject({ version: '1.1.0' })
  })

  it('do not come where the owner does not want them', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    await world.updates.set({ automatic: false })
    world.updates.start()
    world.clock.skip(24 * 3_600_000)
    expect(world.updates.state()).toMatchObject({ state: 'idle', automatic: false })
    expect(world.feed.asked).toEqual([])
    expect(await world.check()).toMatchObject({ state: 'ready' })
  })
})
