import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { openDesk } from '../fixtures/desk-hand.ts'
import { TestDesktop } from '../fixtures/desktop.ts'

// The app is started several times, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000 })

const main = join(import.meta.dirname, '..', 'fixtures', 'failing-desktop.ts')
let desktop: TestDesktop
afterEach(() => desktop.close())

/** Has the running app throw, and waits until that one has ended. */
async function fail(): Promise<void> {
  const pid = desktop.control.seen('control.ready').at(-1)?.pid ?? 0
  process.kill(pid, 'SIGUSR2')
  await desktop.control.waitFor('app.exit', { fits: (entry) => entry.pid === pid })
}

/** Waits until another one has opened its window. */
async function startedAgain(from: number): Promise<void> {
  await desktop.control.waitFor('webContents.loadURL', { from, ms: 90_000 })
  await (await openDesk(desktop.dataFolder, 90_000)).close()
}

it('starts again after an error that nobody caught, and asks after three', async () => {
  desktop = new TestDesktop()
  const again = [{ response: 1 }, { response: 2 }, { response: 0 }]
  await desktop.open({
    main,
    browser: 'none',
    env: {
      STANDIN_RELAUNCH: '1',
      STANDIN_ANSWERS: JSON.stringify(again.map((value) => ({ kind: 'message', value }))),
    },
  })
  for (let crash = 1; crash <= 3; crash++) {
    await (await openDesk(desktop.dataFolder)).close()
    const from = desktop.control.mark()
    await fail()
    await startedAgain(from)
    const asked = desktop.control.seen('dialog.message').length
    expect(asked).toBe(crash < 3 ? 0 : 3)
  }
  expect(desktop.control.seen('app.exit').map(({ data }) => data.code)).toEqual([70, 70, 70])
  const relaunches = desktop.control.seen('app.relaunch').map(({ data }) => data.args as string[])
  for (const args of relaunches) {
    expect(args.filter((arg) => arg === '--after-crash')).toHaveLength(1)
    expect(args).toEqual(expect.arrayContaining(['--data', desktop.dataFolder]))
  }
  // Before it went on it did what was asked of it.
  expect(desktop.control.seen('clipboard.write')).toHaveLength(1)
  expect(desktop.control.seen('shell.openPath').map(({ data }) => data.path)).toEqual([desktop.dataFolder])
  const hand = await openDesk(desktop.dataFolder)
  const { troubles } = await hand.client.shell.state()
  await hand.close()
  expect(troubles.map(({ part, reason }) => `${part} ${reason}`)).toEqual(Array(3).fill('app crashed'))
  expect(troubles.every(({ healedAt }) => healedAt !== null)).toBe(true)
})

it('loads a desk again that did not come, and hears of one that hangs', async () => {
  desktop = new TestDesktop()
  await desktop.open({ browser: 'none' })
  const hand = await openDesk(desktop.dataFolder)
  const from = desktop.control.mark()
  const failed = (code: number) =>
    desktop.control.act('page.emit', {
      event: 'did-fail-load',
      args: [code, '', 'app://desk/index.html', true],
    })
  // Another load came in its place.
  await failed(-3)
  await failed(-2)
  await desktop.control.waitFor('webContents.reload', { from })
  await desktop.control.act('page.emit', { event: 'did-finish-load' })
  const { troubles } = await hand.client.shell.state()
  expect(troubles.map(({ part, reason }) => `${part} ${reason}`)).toEqual(['window failed'])
  expect(troubles[0]?.healedAt).not.toBeNull()
  expect(desktop.control.seen('webContents.reload')).toHaveLength(1)

  await desktop.control.act('page.emit', { event: 'unresponsive' })
  await hand.close()
  const folder = join(desktop.dataFolder, 'logs')
  const logged = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
  await vi.waitFor(() => expect(logged()).toContain('window.unresponsive'))
})
