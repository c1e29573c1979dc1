import { chmodSync, existsSync, readdirSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { UpdateWorld } from '../fixtures/update-release.ts'
import { app, squirrel } from '../fixtures/updater-electron.ts'

let world: UpdateWorld
const here = process.platform

/** The updaters ask Node which system this is. */
function playSystem(platform: string): void {
  Object.defineProperty(process, 'platform', { value: platform })
}

afterEach(async () => {
  playSystem(here)
  await world.close()
})

describe('on Windows', () => {
  it('a release is fetched and its installer started, silently and with a start afterwards', async () => {
    world = await UpdateWorld.open({ platform: 'win32' })
    const noteFile = join(world.folder, 'installer.txt')
    world.publish({
      version: '1.1.0',
      feedFile: 'latest.yml',
      files: {
        'Mostrador-1.1.0-x64.exe': `#!/bin/sh\necho "$@" > "${noteFile}"\n`,
        'Mostrador-1.1.0-arm64.exe': 'for another processor',
      },
    })
    playSystem('win32')
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0' })
    playSystem(here)
    expect(world.feed.paths).toContain('/latest.yml')
    expect(world.feed.paths).toContain('/Mostrador-1.1.0-x64.exe')
    expect(world.feed.paths).not.toContain('/Mostrador-1.1.0-arm64.exe')

    // Windows needs no permission to start what was fetched.
    const pending = join(world.folder, 'cache', 'mostrador-updater', 'pending')
    for (const name of readdirSync(pending)) chmodSync(join(pending, name), 0o755)
    world.updates.restart()
    world.clock.skip(300)
    expect(world.lastAct?.()).toBe(true)
    await untilThere(noteFile, /\S/)
    expect(readFileSync(noteFile, 'utf8').trim()).toBe('--updated /S --force-run')
  })

  it('an unsigned release is not fetched', async () => {
    world = await UpdateWorld.open({ platform: 'win32' })
    const files = { 'Mostrador-1.1.0-x64.exe': 'x' }
    world.publish({ version: '1.1.0', feedFile: 'latest.yml', files, key: null })
    playSystem('win32')
    expect(await world.check()).toMatchObject({ error: { code: 'update.signature' } })
    expect(world.feed.paths).toEqual(['/latest.yml'])
  })
})

describe('on a Mac', () => {
  it('a release is fetched and handed to the system, which installs it', async () => {
    world = await UpdateWorld.open({ platform: 'darwin' })
    const zip = Buffer.from('the app for Intel '.repeat(1_000))
    world.publish({
      version: '1.1.0',
      feedFile: 'latest-mac.yml',
      files: { 'Mostrador-1.1.0-mac.zip': zip, 'Mostrador-1.1.0-arm64-mac.zip': 'for another processor' },
    })
    playSystem('darwin')
    expect(await world.check()).toMatchObject({ state: 'ready', version: '1.1.0' })
    playSystem(here)
    expect(squirrel.fetched?.equals(zip)).toBe(true)
    world.updates.restart()
    world.clock.skip(300)
    expect(world.lastAct?.()).toBe(true)
    if (squirrel.installs === 0) await new Promise((done) => squirrel.once('update-downloaded', done))
    expect(squirrel.installs).toBe(1)
    expect(app.quits).toBe(1)
  })

  it('a release for which the system finds no proof of its maker is not taken', async () => {
    world = await UpdateWorld.open({ platform: 'darwin' })
    world.publish({
      version: '1.1.0',
      feedFile: 'latest-mac.yml',
      files: { 'Mostrador-1.1.0-mac.zip': 'x' },
    })
    playSystem('darwin')
    const check = squirrel.checkForUpdates
    squirrel.checkForUpdates = () => void squirrel.emit('error', new Error('Code signature did not pass'))
    try {
      expect(await world.check()).toMatchObject({
        error: { code: 'update.failed', data: { reason: 'system' } },
      })
    } finally {
      squirrel.checkForUpdates = check
    }
  })
})

async function untilThere(file: string, text: RegExp): Promise<void> {
  const has = (): boolean => existsSync(file) && text.test(readFileSync(file, 'utf8'))
  const { promise, resolve } = Promise.withResolvers<void>()
  const watcher = watch(join(file, '..'), () => {
    if (has()) resolve()
  })
  if (has()) resolve()
  await promise
  watcher.close()
}
