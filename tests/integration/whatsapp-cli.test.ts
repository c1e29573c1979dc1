import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { cli, type Line, type RunningCli, startCli } from './cli-fixture.ts'

// Browsers and commands are started here, several of them in a test, and machines are slow when they are busy. A test that
// ran out of time would go on beside the next one and take its lines away.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const customer = '34611222333'

describe('WhatsApp on the command line', () => {
  let whatsapp: FakeWhatsApp
  let data: string
  let watch: RunningCli | null = null
  let lines: Line[] = []

  beforeAll(async () => {
    whatsapp = await startWhatsApp()
    data = mkdtempSync(join(tmpdir(), 'whatsapp-cli-'))
    const created = await run(
      'shop',
      'create',
      '--name',
      'Lola',
      '--currency',
      'EUR',
      '--locale',
      'es-ES',
      '--demo',
    )
    expect(created.code).toBe(0)
  })
  afterAll(async () => {
    watch?.child.kill('SIGTERM')
    await watch?.ended
    await whatsapp.close()
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  })

  function run(...args: string[]) {
    return cli([...args, '--data', data, '--json'])
  }

  function startWatch(): RunningCli {
    lines = []
    watch = startCli(['channel', 'watch', '--data', data, '--json'])
    return watch
  }

  /** The next line that tells that, after whatever else is told before. */
  async function told(event: string): Promise<Line> {
    for (;;) {
      const line = await watch?.next()
      if (line === undefined) throw new Error('nothing is watched')
      lines.push(line)
      if (line.event === event) return line
    }
  }

  it('adds an account and says what WhatsApp thinks of that', async () => {
    const ran = await run('channel', 'add', 'whatsapp', '--chrome', whatsapp.chrome)
    expect(ran).toMatchObject({ code: 0, lines: [{ kind: 'whatsapp', enabled: true }] })
    expect(ran.stderr).toMatch(/does not permit unofficial assistants/)
    const again = await run('channel', 'add', 'whatsapp', '--accept-risk')
    expect(again.lines[0]?.id).toBe(ran.lines[0]?.id)
    expect(again.stderr).toBe('')
  })

  it('refuses what is no browser', async () => {
    const ran = await run('channel', 'add', 'whatsapp', '--chrome', join(data, 'nothing'))
    expect(ran.code).not.toBe(0)
    expect(ran.lines).toMatchObject([{ error: { code: 'browser.not_usable' } }])
  })

  it('shows each code, is ready when it was scanned, and answers', async () => {
    startWatch()
    const first = await told('qr')
    expect(first).toMatchObject({ text: whatsapp.currentQr(), kind: 'whatsapp', reason: 'new' })
    whatsapp.refreshQr()
    const second = await told('qr')
    expect(second.text).not.toBe(first.text)
    await whatsapp.scan(String(second.text))
    expect(await told('ready')).toMatchObject({ name: 'La Tienda', number: '5491155550000' })
    whatsapp.customerSays(customer, 'Hola, ¿cuánto cuesta el aceite de oliva de medio litro?', {
      name: 'Eva',
    })
    const price = () => whatsapp.sentTo(customer).some(({ text }) => /\d+,\d\d\s*€/.test(text))
    await whatsapp.until(price, 'a reply with the price')
  })

  it('lets other commands work meanwhile', async () => {
    const list = await run('channel', 'list')
    expect(list).toMatchObject({
      code: 0,
      lines: [{ kind: 'whatsapp', state: 'ready', externalId: '5491155550000' }],
    })
  })

  it('stops properly, and is back without a code', async () => {
    watch?.child.kill('SIGTERM')
    expect(await watch?.ended).toMatchObject({ code: 0, stderr: '' })
    expect(whatsapp.runningBrowsers()).toEqual([])
    startWatch()
    await told('ready')
    expect(lines.map(({ event }) => event)).not.toContain('qr')
    expect(whatsapp.log.of('qr').length).toBeGreaterThan(0)
  })

  it('follows a host that serves, and leaves it alone at its end', async () => {
    watch?.child.kill('SIGTERM')
    await watch?.ended
    const host = startCli(['serve', '--no-open', '--port', '0', '--data', data, '--json'])
    try {
      expect(await host.next()).toMatchObject({ event: 'ready' })
      startWatch()
      await told('ready')
      watch?.child.kill('SIGINT')
      expect(await watch?.ended).toMatchObject({ code: 0 })
      expect(whatsapp.runningBrowsers()).toHaveLength(1)
      expect((await run('channel', 'off', String(lines[0]?.channel))).lines).toMatchObject([
        { enabled: false },
      ])
      expect(whatsapp.runningBrowsers()).toEqual([])
      await run('channel', 'on', String(lines[0]?.channel))
    } finally {
      host.child.kill('SIGTERM')
      expect(await host.ended).toMatchObject({ code: 0 })
    }
    startWatch()
    await told('ready')
  })

  it('is back with its session after kill -9, with one browser', async () => {
    watch?.child.kill('SIGKILL')
    await watch?.ended
    whatsapp.customerSays(customer, '¿y cuánto cuesta el pan de masa madre?')
    const before = whatsapp.sentTo(customer).length
    startWatch()
    await told('ready')
    expect(lines.map(({ event }) => event)).not.toContain('qr')
    await whatsapp.until(() => whatsapp.sentTo(customer).length > before, 'a reply')
    expect(whatsapp.runningBrowsers()).toHaveLength(1)
  })

  it('tells of a logout, and shows a new code', async () => {
    whatsapp.logoutFromPhone()
    expect(await told('disconnected')).toMatchObject({ reason: 'logged_out' })
    expect(await told('qr')).toMatchObject({ reason: 'logged_out' })
  })
})
