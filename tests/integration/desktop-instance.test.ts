import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectDoor, type DoorConnection } from '../../main/hosting/door-client.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { openDemo } from './desktop-steps.ts'

let desktop: TestDesktop

beforeEach(() => {
  desktop = new TestDesktop()
})

afterEach(async () => {
  await desktop.close()
}, 120_000)

async function openShop({ client }: DoorConnection): Promise<string> {
  const shop = await client.shops.create({
    name: 'La Alacena de Lola',
    currency: 'EUR',
    locale: 'es-ES',
    country: 'ES',
    demo: true,
  })
  return shop.slug
}

/** Starts the app a second time and waits for the end of that start. */
async function startAgain(args: readonly string[] = []): Promise<number | null> {
  const second = desktop.spawn({ args })
  const [code] = await once(second, 'exit')
  return code
}

test('two starts make one window: the second shows the first and ends', async () => {
  await desktop.open()
  const page = await desktop.page()
  await openDemo(page)
  await desktop.control.act('window.hide')
  const from = desktop.control.mark()

  expect(await startAgain()).toBe(0)
  await desktop.control.waitFor('window.show', { from })
  const { windows, app } = await desktop.control.state()
  expect(windows).toHaveLength(1)
  expect(windows[0]).toMatchObject({ visible: true, focused: true })
  // The first one is the one that runs on, with the one window and the one browser.
  expect(new Set(desktop.control.seen('window.new').map(({ pid }) => pid))).toEqual(new Set([app.pid]))
  expect(desktop.control.seen('app.lock').map(({ data }) => data.taken)).toEqual([true, false])

  // A link that the system gives to a second start is followed by the first.
  const [shop] = new URL(page.url()).hash.slice(2).split('/')
  expect(await startAgain([`mostrador://open/${shop}/products`])).toBe(0)
  await page.waitForURL(/#\/[^/]+\/products$/)
  // What is no link of ours leads nowhere.
  for (const bad of [
    'mostrador://open/../../etc/passwd',
    'mostrador:javascript:alert(1)',
    'mostrador://run/rm',
  ])
    expect(await startAgain([bad])).toBe(0)
  expect(page.url()).toMatch(/#\/[^/]+\/products$/)
  expect((await desktop.control.state()).windows).toHaveLength(1)
}, 240_000)

test('another data folder is another app', async () => {
  await desktop.open({ browser: 'none' })
  const other = await TestDesktop.start({ browser: 'none' })
  try {
    expect((await other.control.state()).app.pid).not.toBe((await desktop.control.state()).app.pid)
  } finally {
    await other.close()
  }
}, 120_000)

test('a quit ends in order: everything is closed, and the next start opens it', async () => {
  const child = await desktop.open({ browser: 'none' })
  const first = await desktop.door()
  await openShop(first)
  await first.close()
  expect(await desktop.quit(child)).toBe(0)
  expect(desktop.control.seen('app.exit').at(-1)?.data.code).toBe(0)
  expect(desktop.control.seen('app.relaunch')).toEqual([])
  expect(await connectDoor(desktop.dataFolder)).toBeNull()

  const again = await desktop.open({ browser: 'none' })
  const second = await desktop.door()
  expect(await second.client.shops.list()).toHaveLength(1)
  await second.close()
  // The system asks as the owner does.
  const ended = once(again, 'exit')
  again.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
}, 120_000)

test('what is not saved holds a quit until its owner says so', async () => {
  const child = await desktop.open({ browser: 'none' })
  await (await desktop.door()).close()
  await desktop.control.act('page.hold', { on: true })
  const answer = (response: number) =>
    desktop.control.act('dialog.answer', { kind: 'message', value: { response } })
  await answer(1)
  await desktop.control.act('app.quit')
  const asked = await desktop.control.waitFor('dialog.message')
  expect(asked.data.options).toMatchObject({ message: 'Hay cambios sin guardar', cancelId: 1 })
  expect((await desktop.control.state()).windows[0]).toMatchObject({ visible: true })
  // Reloaded it is only when its owner says so, too.
  await answer(0)
  const from = desktop.control.mark()
  await desktop.control.act('page.reload')
  await desktop.control.waitFor('webContents.will-prevent-unload', {
    from,
    fits: ({ data }) => data.prevented === true,
  })
  await desktop.control.act('page.emit', { event: 'did-navigate' })
  await answer(0)
  expect(await desktop.quit(child)).toBe(0)
  expect(desktop.control.seen('dialog.message')).toHaveLength(3)

  // Whoever switches the computer off is not asked.
  const again = await desktop.open({ browser: 'none' })
  await (await desktop.door()).close()
  await desktop.control.act('page.hold', { on: true })
  const ended = once(again, 'exit')
  await desktop.control.act('power', { event: 'shutdown' })
  expect((await ended)[0]).toBe(0)
  expect(desktop.control.seen('dialog.message')).toHaveLength(3)
}, 120_000)

test('killed in the middle, it goes on at the next start: what came before is answered, once', async () => {
  const before = await desktop.open({ browser: 'none' })
  const first = await desktop.door()
  const shop = await openShop(first)
  const say = async (as: string) => {
    const { conversationId } = await first.client.chat.open({ shop, as })
    await first.client.chat.say({ shop, conversationId, text: '¿cuánto cuesta la barra rústica?' })
    return conversationId
  }
  const answered = []
  for (const as of ['Ana', 'Berta', 'Carla', 'Dora']) {
    const { conversationId } = await first.client.chat.ask({
      shop,
      as,
      text: '¿cuánto cuesta la barra rústica?',
    })
    answered.push(conversationId)
  }
  const waiting = []
  for (const as of ['Eva', 'Fina', 'Gala', 'Hilda', 'Inés', 'Julia', 'Karla', 'Lola'])
    waiting.push(await say(as))
  await desktop.kill(before)
  await first.close()

  const after = await desktop.open({ browser: 'none' })
  const second = await desktop.door()
  const of = async (conversationId: string) => {
    const { items } = await second.client.conversations.messages({ shop, conversationId })
    const by = (author: string) => items.filter((message) => message.author === author)
    return {
      received: by('customer').length,
      replies: by('agent').length,
      text: by('agent')
        .map(({ text }) => text)
        .join(' '),
    }
  }
  const all = [...answered, ...waiting]
  const seen = async () => await Promise.all(all.map(of))
  await expect
    .poll(async () => (await seen()).every(({ replies }) => replies > 0), { timeout: 60_000, interval: 250 })
    .toBe(true)
  const found = await seen()
  const lost = found.filter(({ received }) => received !== 1).length
  const twice = found.filter(({ replies }) => replies !== 1).length
  console.log(
    `SIGKILL of the desktop: ${all.length} messages received, ${answered.length} answered before, ${waiting.length} after; lost ${lost}, answered twice ${twice}`,
  )
  expect({ lost, twice }).toEqual({ lost: 0, twice: 0 })
  for (const { text } of found) expect(text).toContain('1,10')
  await second.close()
  expect(await desktop.quit(after)).toBe(0)
}, 120_000)
