import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectDoor, type DoorConnection } from '../../main/hosting/door-client.ts'
import type { Customer } from '../fakes/telegram/chats.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { go, openDemo } from './desktop-steps.ts'

vi.setConfig({ testTimeout: 60_000 })

/** How long is looked for what comes by way of another process, ms. */
const comes = 30_000

/** What is around the window, on the stand-in of Electron; its customers write on Telegram. */
let desktop: TestDesktop
let first: ChildProcess
let page: Page
let door: DoorConnection
let telegram: FakeTelegram
let ana: Customer
let shop: string

/** A desktop that shows tray icons, and where the app is installed. */
function surroundings(base: string): Record<string, string> {
  const programs = join(base, 'programs')
  mkdirSync(programs, { recursive: true })
  writeFileSync(join(programs, 'dbus-send'), '#!/bin/sh\necho "   boolean true"\n')
  chmodSync(join(programs, 'dbus-send'), 0o755)
  return {
    PATH: `${programs}:${process.env.PATH ?? ''}`,
    XDG_CONFIG_HOME: join(base, 'config'),
    STANDIN_PACKAGED: '1',
  }
}

beforeAll(async () => {
  telegram = await FakeTelegram.start()
  ana = telegram.customer({ id: 600112233, name: 'Ana <b>', language: 'es' })
  desktop = new TestDesktop()
  first = await desktop.open({ env: surroundings(desktop.base) })
  page = await desktop.page()
  await openDemo(page)
  const connected = await connectDoor(desktop.dataFolder)
  if (connected === null) throw new Error('the desktop opens no door')
  door = connected
  shop = (await door.client.shops.list())[0]?.slug ?? ''
  await door.client.channels.addTelegram({ shop, token: telegram.token, apiRoot: telegram.apiRoot })
}, 120_000)

afterAll(async () => {
  await door?.close()
  await desktop?.close()
  await telegram?.close()
}, 60_000)

const labels = (items: readonly { label: string }[] | null | undefined) =>
  (items ?? []).map(({ label }) => label)
const shownAt = (path: string) => page.waitForURL((url) => url.hash === `#${path}`)
const repliesTo = (customer: Customer) =>
  telegram.sent.filter((message) => message.chatId === customer.chatId).length

/** As the shop's file has it. */
function newestTurn(): unknown {
  const sql = new Database(join(desktop.dataFolder, 'shops', shop, 'shop.db'), { readonly: true })
  try {
    return sql.prepare('SELECT state, attempts FROM turns ORDER BY seq DESC LIMIT 1').get()
  } finally {
    sql.close()
  }
}

test('the tray shows channels, and pauses and resumes the assistant everywhere', async () => {
  await desktop.control.waitForState(({ tray }) =>
    labels(tray?.items).some((label) => /^Telegram .+: conectado$/.test(label)),
  )
  await desktop.control.act('tray.click', { item: 'Pausar el asistente' })
  const paused = await desktop.control.waitForState(({ tray }) =>
    labels(tray?.items).includes('Reanudar el asistente'),
  )
  expect(paused.tray?.toolTip).toContain('en pausa')
  ana.say('hola, ¿tenéis miel?')
  await vi.waitFor(
    async () => expect((await door.client.conversations.list({ shop })).items[0]?.unread).toBe(1),
    comes,
  )
  expect(repliesTo(ana)).toBe(0)
  await desktop.control.act('tray.click', { item: 'Reanudar el asistente' })
  await telegram.until(() => repliesTo(ana) > 0, 'the answer')
})

test('a hand-over is told in few words, and a click opens the conversation', async () => {
  await door.client.shell.set({ noticeNames: true })
  await go(page, 'products')
  const from = desktop.control.mark()
  ana.say('quiero hablar con una persona')
  const shown = await desktop.control.waitFor('notification.show', { from })
  expect(shown.data).toMatchObject({
    title: 'Un cliente te necesita',
    body: 'Ana b. Pidió hablar con una persona.',
  })
  const [conversation] = (await door.client.conversations.list({ shop })).items
  await desktop.control.act('window.hide')
  await desktop.control.act('notification.click', { id: shown.data.id })
  await shownAt(`/${shop}/conversations/${conversation?.id}`)
  const { windows, tray } = await desktop.control.waitForState((state) =>
    labels(state.tray?.items).includes('1 conversación te espera'),
  )
  expect(windows[0]).toMatchObject({ visible: true, focused: true })
  expect(labels(tray?.items)[0]).toBe('Abrir Mostrador')
  // Whoever has the conversation before them is told nothing of it.
  await door.client.conversations.handBack({ shop, conversationId: conversation?.id ?? '' })
  await desktop.control.waitForState(({ tray }) => labels(tray?.items)[1] !== '1 conversación te espera')
  const told = desktop.control.seen('notification.show').length
  ana.say('quiero hablar con una persona, por favor')
  await desktop.control.waitForState(({ tray }) => labels(tray?.items)[1] === '1 conversación te espera')
  expect(desktop.control.seen('notification.show')).toHaveLength(told)
  await door.client.conversations.handBack({ shop, conversationId: conversation?.id ?? '' })
})

test('a link of the system opens a place of the desk, and a wrong one only the window', async () => {
  await desktop.control.act('window.hide')
  desktop.spawn({ args: [`mostrador://open/${shop}/orders`], env: surroundings(desktop.base) })
  await shownAt(`/${shop}/orders`)
  await desktop.control.act('window.hide')
  const from = desktop.control.mark()
  const link = 'mostrador://open/../../settings?delete=all'
  desktop.spawn({ args: [link], env: surroundings(desktop.base) })
  await desktop.control.waitFor('window.show', { from })
  expect(new URL(page.url()).hash).toBe(`#/${shop}/orders`)
  expect(desktop.control.seen('window.new')).toHaveLength(1)
  // macOS gives it to the app that runs.
  await desktop.control.act('app.emit', { event: 'open-url', args: [`mostrador://open/${shop}/channels`] })
  await shownAt(`/${shop}/channels`)
  expect(desktop.control.seen('app.defaultProtocolClient')[0]?.data).toMatchObject({ scheme: 'mostrador' })
})

test('no turn begins from the moment the computer goes to sleep until it wakes', async () => {
  await desktop.control.act('power', { event: 'suspend' })
  // The test chat waits for no more words: its turn would begin at once.
  const asked = door.client.chat.ask({ shop, as: 'Beatriz', text: '¿a qué hora abrís?' })
  await vi.waitFor(async () => {
    const { items } = await door.client.conversations.list({ shop })
    expect(items.map(({ customer }) => customer.name)).toContain('Beatriz')
  }, comes)
  expect(newestTurn()).toEqual({ state: 'pending', attempts: 0 })
  await desktop.control.act('power', { event: 'resume' })
  expect((await asked).reply).toBeTruthy()
  expect(newestTurn()).toEqual({ state: 'done', attempts: 1 })
})

test('the computer stays awake while customers are served, if its owner wants that', async () => {
  expect((await desktop.control.state()).powerSaveBlockers).toEqual([])
  expect(await door.client.shell.set({ keepAwake: true })).toMatchObject({ keepAwake: true })
  const awake = await desktop.control.state()
  expect(awake.powerSaveBlockers).toEqual(['prevent-app-suspension'])
  await desktop.control.act('tray.click', { item: 'Pausar el asistente' })
  await desktop.control.waitForState(({ powerSaveBlockers }) => powerSaveBlockers.length === 0)
  await desktop.control.act('tray.click', { item: 'Reanudar el asistente' })
  await desktop.control.waitForState(({ powerSaveBlockers }) => powerSaveBlockers.length === 1)
  await door.client.shell.set({ keepAwake: false })
  expect((await desktop.control.state()).powerSaveBlockers).toEqual([])
})

test('it starts with the computer, and believes the system and not itself', async () => {
  const file = join(desktop.base, 'config', 'autostart', 'mostrador.desktop')
  const state = async () => (await door.client.shell.state()).startWithComputer
  expect(await state()).toEqual({ supported: true, on: false })
  await door.client.shell.set({ startWithComputer: true })
  expect(readFileSync(file, 'utf8')).toContain(`Exec=${process.execPath} --hidden`)
  expect(await state()).toEqual({ supported: true, on: true })
  rmSync(file)
  expect(await state()).toEqual({ supported: true, on: false })
})

test('an export is saved where its owner says', async () => {
  await go(page, 'products')
  const file = join(desktop.base, 'mine.csv')
  await desktop.control.act('dialog.answer', { kind: 'save', value: { canceled: false, filePath: file } })
  await page.getByRole('button', { name: 'Exportar' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Exportar' }).click()
  const done = await desktop.control.waitFor('download.done')
  expect(done.data).toMatchObject({ state: 'completed', path: file })
  expect(readFileSync(file, 'utf8').split('\n').length).toBeGreaterThan(10)
  const asked = desktop.control.seen('dialog.save').at(-1)?.data.options
  expect(asked).toMatchObject({ buttonLabel: 'Guardar', defaultPath: expect.stringMatching(/\.(csv|xlsx)$/) })
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
  // What is on its way out would be what is opened.
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  // Its owner is told of one that could not be, and the app does not wait for their answer.
  const from = desktop.control.mark()
  await desktop.control.act('dialog.answer', {
    kind: 'save',
    value: { canceled: false, filePath: join(file, 'not-a-folder', 'mine.csv') },
  })
  // The menu leads to the same dialog, where it is chosen what is taken out.
  await desktop.control.act('menu.click', { item: 'export' })
  await shownAt(`/${shop}/products/export`)
  await page.getByRole('dialog').getByRole('button', { name: 'Exportar' }).click()
  const told = await desktop.control.waitFor('dialog.message', { from })
  expect(told.data.options).toMatchObject({ message: 'No se pudo guardar' })
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
  await shownAt(`/${shop}/products`)
})

test('nothing that comes from elsewhere is saved', async () => {
  const from = desktop.control.mark()
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'data:application/octet-stream,evil'
    link.download = 'evil.exe'
    link.click()
  })
  const seen = await desktop.control.waitFor('session.will-download', { from })
  expect(seen.data).toMatchObject({ prevented: true })
})

test('a catalog is chosen with the system’s dialog and imported', async () => {
  const file = join(desktop.base, 'novedades.csv')
  writeFileSync(file, 'sku;nombre;precio\nZZ-1;Mermelada de higos;4,20\n')
  await desktop.control.act('menu.click', { item: 'import' })
  await shownAt(`/${shop}/products/import`)
  await desktop.control.act('dialog.answer', { kind: 'open', value: { canceled: false, filePaths: [file] } })
  await page.getByRole('button', { name: 'Elegir un archivo…' }).click()
  await page.getByRole('button', { name: 'Importar 1 producto' }).click()
  await vi.waitFor(async () => {
    const { items } = await door.client.catalog.list({ shop, text: 'higos' })
    expect(items.map(({ name }) => name)).toEqual(['Mermelada de higos'])
  }, comes)
})

test('diagnostics are copied without anything of customers', async () => {
  await desktop.control.act('menu.click', { item: 'copy_diagnostics' })
  await desktop.control.waitFor('clipboard.write')
  const { clipboard } = await desktop.control.state()
  expect(clipboard).toContain('(electron)')
  expect(clipboard).toContain('telegram: ready')
  expect(clipboard).toMatch(/start with the computer: supported true, on (true|false)/)
  expect(clipboard).toMatch(/# log, last \d+ lines/)
  for (const secret of ['Ana', '600112233', 'miel', 'aceite', telegram.token])
    expect(clipboard).not.toContain(secret)
  await desktop.control.act('menu.click', { item: 'open_logs' })
  const opened = await desktop.control.waitFor('shell.openPath')
  expect(opened.data.path).toBe(join(desktop.dataFolder, 'logs'))
})

test('menus and tray speak the owner’s language', async () => {
  const columns = async () => labels((await desktop.control.state()).menu)
  expect(await columns()).toEqual(['Archivo', 'Edición', 'Ver', 'Ventana', 'Ayuda'])
  await door.client.session.update({ language: 'en' })
  expect(await columns()).toEqual(['File', 'Edit', 'View', 'Window', 'Help'])
  const { tray } = await desktop.control.state()
  expect(labels(tray?.items)).toContain('Quit Mostrador')
})

test('closed, it goes on in the tray and says so once', async () => {
  const told = () =>
    desktop.control.seen('notification.show').filter(({ data }) => data.title === 'Mostrador keeps running')
  for (let times = 0; times < 2; times++) {
    await desktop.control.act('window.setFullScreen', { on: true })
    const from = desktop.control.mark()
    await desktop.control.act('window.close')
    await desktop.control.waitForState(({ windows }) => windows[0]?.visible === false)
    // A Mac would go on showing the empty screen that it had to itself.
    const seen = desktop.control
      .journal()
      .slice(from)
      .map(({ what }) => what)
    expect(seen.filter((what) => /^window\.(leave|hide)/.test(what))).toEqual([
      'window.leave-full-screen',
      'window.hide',
    ])
    expect(told()).toHaveLength(1)
    await desktop.control.act('tray.click', { item: 'Open Mostrador' })
    await desktop.control.waitForState(({ windows }) => windows[0]?.visible === true)
  }
  expect(desktop.control.seen('window.new')).toHaveLength(1)
  // Where the owner wants no tray, closing ends it, in order.
  await door.client.shell.set({ closeToTray: false })
  await door.close()
  // Starts that only led here have ended before.
  const ended = once(first, 'exit')
  await desktop.control.act('window.close')
  expect((await ended)[0]).toBe(0)
  expect(desktop.control.seen('app.exit').at(-1)).toMatchObject({ pid: first.pid, data: { code: 0 } })
})

// Three starts, one after the other.
test('secrets go from the key file to the keyring, and on where that is lost', {
  timeout: 240_000,
}, async () => {
  const system = join(desktop.base, 'system')
  const token = { shop, token: telegram.token, apiRoot: telegram.apiRoot }
  const start = async (env: Record<string, string>, args: string[] = []) => {
    const child = await desktop.open({
      browser: 'none',
      args,
      env: { ...surroundings(desktop.base), ...env },
    })
    const opened = await vi.waitFor(
      async () => {
        const found = await connectDoor(desktop.dataFolder)
        if (found === null) throw new Error('no door yet')
        return found
      },
      { timeout: comes },
    )
    const channel = async () =>
      (await opened.client.channels.list({ shop })).find(({ kind }) => kind === 'telegram')?.state
    const stop = async () => {
      await opened.close()
      expect(await desktop.quit(child)).toBe(0)
    }
    return { client: opened.client, channel, stop, close: () => opened.close() }
  }
  // The app began with a keyring. It is another one now: the token is entered again.
  rmSync(join(system, 'keyring'))
  const lost = await start({ STANDIN_KEYRING: 'basic_text', STANDIN_TRAY: 'none' }, ['--hidden'])
  expect((await lost.client.shell.state()).secrets).toBe('keyfile')
  await vi.waitFor(
    async () =>
      expect(await lost.channel()).toMatchObject({ state: 'refused', detail: 'host.secrets_locked' }),
    comes,
  )
  await lost.client.channels.addTelegram(token)
  await vi.waitFor(async () => expect(await lost.channel()).toMatchObject({ state: 'ready' }), comes)
  expect(existsSync(join(desktop.dataFolder, 'secret.key'))).toBe(true)
  // Without a tray the window stays in reach, though the app was started unseen, and when it is closed.
  await desktop.control.waitForState(({ windows }) => windows[0]?.shape === 'minimized')
  await desktop.control.act('window.restore')
  await lost.client.shell.set({ closeToTray: true })
  await desktop.control.act('window.close')
  await desktop.control.waitForState(({ windows }) => windows[0]?.shape === 'minimized')
  await lost.stop()
  // With a keyring again the key moves there, and the file is needed no more. Damaged settings are no obstacle.
  writeFileSync(join(desktop.dataFolder, 'desktop.json'), '{"closeToTray":')
  const found = await start({ STANDIN_KEYRING: 'os' })
  const state = await found.client.shell.state()
  expect(state).toMatchObject({ secrets: 'os', closeToTray: true })
  expect(state.troubles).toMatchObject([{ part: 'app', reason: 'failed' }])
  await vi.waitFor(async () => expect(await found.channel()).toMatchObject({ state: 'ready' }), comes)
  await found.stop()
  rmSync(join(desktop.dataFolder, 'secret.key'))
  const again = await start({ STANDIN_KEYRING: 'os' })
  await vi.waitFor(async () => expect(await again.channel()).toMatchObject({ state: 'ready' }), comes)
  // The computer is switched off: that waits until everything is written down.
  const from = desktop.control.mark()
  expect(await desktop.control.act('power', { event: 'shutdown' })).toEqual({ prevented: true })
  await desktop.control.waitFor('app.exit', { from })
  await again.close()
})
