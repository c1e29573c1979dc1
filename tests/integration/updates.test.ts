import { existsSync, mkdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { withMutant } from '../../main/core/mutants.ts'
import { ElectronReleases } from '../../main/electron/updates/releases.ts'
import { readUpdateKeys } from '../../main/electron/updates/signature.ts'
import { testLog } from '../fixtures/host.ts'
import { strangersKey } from '../fixtures/made-release.ts'
import { UpdateWorld } from '../fixtures/update-release.ts'
import { app } from '../fixtures/updater-electron.ts'

let world: UpdateWorld

afterEach(() => world.close())

const newFile = '/Mostrador-1.1.0-linux-x86_64.AppImage'

/** Waits for a line in the file in which started AppImages write. */
async function untilNoted(file: string, line: string): Promise<void> {
  const has = (): boolean => existsSync(file) && readFileSync(file, 'utf8').includes(line)
  const { promise, resolve } = Promise.withResolvers<void>()
  const watcher = watch(join(file, '..'), () => {
    if (has()) resolve()
  })
  if (has()) resolve()
  await promise
  watcher.close()
}

describe('a release of ours', () => {
  it('is found, fetched in the background and installed when the app quits', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0', error: null })
    const names = world.states.map(({ state }) => state)
    expect([...new Set(names)]).toEqual(['checking', 'downloading', 'ready'])
    const last = world.states.findLast(({ progress }) => progress !== null)?.progress
    expect(last?.bytes).toBe(last?.total)
    expect(last?.total).toBeGreaterThan(100_000)
    expect(world.feed.paths).toContain(newFile)
    // Nothing tells one shop from another.
    expect(new Set(world.feed.asked.map(({ headers }) => headers['x-user-staging-id']))).toEqual(
      new Set(['-']),
    )

    expect(world.installed).toBe('1.0.0')
    world.isLogClosed = true
    app.quit()
    expect(world.installed).toBe('1.1.0')
    // It was put in its place and not started.
    expect(existsSync(world.noteFile)).toBe(false)
    expect(statSync(world.appImage).mode & 0o111).toBe(0o111)
  })

  it('is not installed by an app that ends because something broke', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    await world.check()
    app.quit(1)
    expect(world.installed).toBe('1.0.0')
  })

  it('is installed and started at once when the owner asks and nobody is being answered', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    await world.check()
    world.updates.restart()
    world.clock.skip(300)
    expect(world.lastAct?.()).toBe(true)
    expect(world.installed).toBe('1.1.0')
    await untilNoted(world.noteFile, '1.1.0 started')
  })

  it('waits with the restart while customers are being answered, and can be told not to', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    await world.check()
    world.isBusy = true
    world.updates.restart()
    expect(world.updates.state().state).toBe('waiting')
    world.clock.skip(60_000)
    world.clock.skip(1_100)
    expect(world.lastAct).toBeNull()
    await world.updates.cancel()
    world.isBusy = false
    world.clock.skip(60_000)
    expect(world.lastAct).toBeNull()
    expect(world.updates.state().state).toBe('ready')

    world.isBusy = true
    world.updates.restart()
    world.clock.skip(2_000)
    world.isBusy = false
    world.clock.skip(1_100)
    expect(world.lastAct).not.toBeNull()
  })

  it('leaves the old one whole when there is no place for it', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    await world.check()
    mkdirSync(join(`${world.appImage}.new`, 'in the way'), { recursive: true })
    world.updates.restart()
    world.clock.skip(300)
    expect(world.lastAct?.()).toBe(false)
    expect(world.installed).toBe('1.0.0')
    expect(app.quits).toBe(0)
  })

  it('is not restarted for before it is there', async () => {
    world = await UpdateWorld.open()
    expect(() => world.updates.restart()).toThrow('update.not_ready')
  })

  it('of the same or an older version changes nothing', async () => {
    world = await UpdateWorld.open()
    for (const version of ['1.0.0', '0.9.9', '1.0.0-beta.3']) {
      world.publishAppImage(version)
      expect(await world.check(), version).toMatchObject({ state: 'idle', version: null, error: null })
    }
    expect(new Set(world.feed.paths)).toEqual(new Set(['/latest-linux.yml']))
    expect(world.updates.state().checkedAt).not.toBeNull()
  })

  it('that is tried out reaches only those who asked for that', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0-beta.1', { feedFile: 'beta-linux.yml' })
    world.publishAppImage('1.0.0')
    expect(await world.check()).toMatchObject({ state: 'idle' })
    // Somebody lays it where everybody looks.
    world.publishAppImage('1.1.0-beta.1')
    expect(await world.check()).toMatchObject({ state: 'idle' })

    await world.updates.set({ channel: 'beta' })
    expect(await world.until('ready', 'failed')).toMatchObject({ version: '1.1.0-beta.1', channel: 'beta' })
    // Back again, it is not wanted any more, and there is no way down.
    await world.updates.set({ channel: 'stable' })
    expect(await world.until('idle', 'failed')).toMatchObject({ version: null, channel: 'stable' })
    app.quit()
    expect(world.installed).toBe('1.0.0')
  })
})

describe('another channel', () => {
  const slow = { kind: 'stall', after: 0 } as const

  it('is asked at once, also while the former one has not answered', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.publishAppImage('1.2.0-beta.1', { feedFile: 'beta-linux.yml' })
    world.feed.fail(/latest-linux/, slow)
    world.updates.check()
    await world.updates.set({ channel: 'beta' })
    expect(await world.until('ready', 'failed')).toMatchObject({ version: '1.2.0-beta.1' })
  })

  it('is what is fetched, also when the former one answers in the end', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    world.publishAppImage('1.2.0-beta.1', { feedFile: 'beta-linux.yml' })
    const releases = new ElectronReleases({
      kind: 'appimage',
      arch: 'x64',
      address: () => world.feed.url,
      keys: readUpdateKeys(readFileSync(join(world.folder, 'update-keys.json'), 'utf8')),
      folders: [],
      freeDisk: async () => world.free,
      clock: world.clock,
      log: testLog(),
    })
    world.feed.fail(/latest-linux/, slow)
    const former = releases.look('stable')
    await world.feed.until(() => world.feed.paths.length > 0)
    expect(await releases.look('beta')).toMatchObject({ version: '1.2.0-beta.1' })
    world.feed.goOn()
    await former
    await releases.fetch(() => undefined, new AbortController().signal)
    expect(world.feed.paths.filter((path) => path.endsWith('.AppImage'))).toEqual(
      expect.arrayContaining(['/Mostrador-1.2.0-beta.1-linux-x86_64.AppImage']),
    )
    releases.forget()
  })

  it('leaves what the former one brought, also to a quit in the middle of a download', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.2.0-beta.1', { feedFile: 'beta-linux.yml' })
    world.publishAppImage('1.1.0')
    await world.updates.set({ channel: 'beta' })
    await world.until('ready', 'failed')
    world.feed.fail(/1[.]1[.]0/, { kind: 'stall', after: 10_000 }, 9)
    await world.updates.set({ channel: 'stable' })
    expect(await world.until('downloading', 'failed')).toMatchObject({ version: '1.1.0' })
    app.quit()
    expect(world.installed).toBe('1.0.0')
  })
})

describe('a release that nobody of ours signed', () => {
  it("is not fetched: without a signature, with a stranger's, with that of another version", async () => {
    world = await UpdateWorld.open()
    for (const bad of [{ key: null }, { key: strangersKey }, { signedVersion: '1.0.9' }]) {
      world.publishAppImage('1.1.0', bad)
      expect(await world.check(), JSON.stringify(bad)).toMatchObject({
        state: 'failed',
        error: { code: 'update.signature', data: { version: '1.1.0' } },
      })
    }
    expect(world.feed.paths).not.toContain(newFile)
    app.quit()
    expect(world.installed).toBe('1.0.0')
  })

  it('would be installed without this guard', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0', { key: strangersKey })
    await withMutant('updates.signature', async () => {
      expect(await world.check()).toMatchObject({ state: 'ready' })
    })
  })

  it('does not take from us what is ready', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    await world.check()
    world.publishAppImage('1.2.0', { key: strangersKey })
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0' })
    app.quit()
    expect(world.installed).toBe('1.1.0')
  })
})

describe('a file that is not the signed one', () => {
  it('is thrown away', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    writeFileSync(join(world.releases, newFile), '#!/bin/sh\necho evil\n')
    expect(await world.check()).toMatchObject({ state: 'failed', error: { code: 'update.checksum' } })
    app.quit()
    expect(world.installed).toBe('1.0.0')
    // And the right one is taken when it is there.
    world.publishAppImage('1.1.0')
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0' })
  })
})
