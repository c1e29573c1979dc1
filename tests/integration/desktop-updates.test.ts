import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { DoorConnection } from '../../main/hosting/door-client.ts'
import type { ShellState } from '../../preload/contract/index.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { installedCopy, installedEnv } from '../fixtures/made-release.ts'
import { UpdateWorld } from '../fixtures/update-release.ts'

let world: UpdateWorld
let desktop: TestDesktop

afterEach(async () => {
  await desktop.close()
  await world.close()
}, 60_000)

/** The packaged app, started from its AppImage as far as it can tell. */
async function start(): Promise<{ door: DoorConnection; ended: Promise<unknown> }> {
  desktop = new TestDesktop()
  const child = await desktop.open({
    main: installedCopy(world.folder),
    browser: 'none',
    env: installedEnv(world.folder, world.appImage, world.feed.url),
  })
  return { door: await desktop.door(), ended: once(child, 'exit') }
}

/** Looks for a release and waits for how that ends, as the desk does. */
async function check({ client }: DoorConnection): Promise<ShellState['update']> {
  const { update: asked } = await client.shell.checkForUpdate()
  expect(asked.state).toBe('checking')
  for await (const news of await client.shell.watch()) {
    if (news.kind !== 'state') continue
    const { update } = news.state
    if (['ready', 'failed'].includes(update.state)) return update
    if (update.state === 'idle' && update.checkedAt !== null) return update
  }
  throw new Error('nothing is watched any more')
}

describe('the desktop app', () => {
  it('takes no release that is not ours, and puts one of ours in its place when it quits', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0', { key: null })
    const { door, ended } = await start()
    expect(await check(door)).toMatchObject({ state: 'failed', error: { code: 'update.signature' } })
    await expect(door.client.shell.restartToUpdate()).rejects.toThrow('update.not_ready')
    expect(world.feed.paths).toEqual(['/latest-linux.yml'])

    world.publishAppImage('1.1.0')
    expect(await check(door)).toMatchObject({ supported: true, state: 'ready', version: '1.1.0' })
    await door.close()
    expect(world.installed).toBe('1.0.0')
    await desktop.control.act('app.quit')
    expect(await ended).toEqual([0, null])
    expect(world.installed).toBe('1.1.0')
    expect(existsSync(world.noteFile)).toBe(false)
  }, 120_000)

  it('closes everything and starts the release when its owner says so', async () => {
    world = await UpdateWorld.open()
    world.publishAppImage('1.1.0')
    const { door, ended } = await start()
    await check(door)
    await door.client.shell.restartToUpdate()
    expect(await ended).toEqual([0, null])
    expect(world.installed).toBe('1.1.0')
    // On the same data, which nobody holds any more. The file is there before the line is in it.
    const noted = () => (existsSync(world.noteFile) ? readFileSync(world.noteFile, 'utf8') : '')
    await expect.poll(noted, { timeout: 30_000 }).toBe(`1.1.0 started --data ${desktop.dataFolder}\n`)
  }, 120_000)
})
