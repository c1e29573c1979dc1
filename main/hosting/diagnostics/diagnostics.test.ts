import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../../core/app.ts'
import { diagnosticsText } from './diagnostics.ts'
import { lastLogLines } from './last-lines.ts'
import { cleanText, withoutPersonalData } from './personal-data.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diagnostics-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const line = (data: object) =>
  JSON.stringify({ level: 30, time: '2026-03-02T10:00:00.000Z', pid: 1, ...data })
const clean = (data: object) => withoutPersonalData(line(data)) ?? ''

describe('a line of the log that is passed on', () => {
  it('keeps what helps', () => {
    const id = '0197f2a0-5b1c-7c3e-8a10-1234567890ab'
    const data = {
      msg: 'turn.failed',
      turnId: id,
      shop: 'la-espiga',
      ms: 1_234_567,
      at: '2026-03-02T10:00:00.000Z',
    }
    expect(JSON.parse(clean(data))).toMatchObject(data)
    const error = { name: 'TypeError', message: 'x is not a function', stack: 'at run (loop.js:1:2)' }
    expect(JSON.parse(clean({ error })).error).toEqual(error)
    expect(cleanText('electron 45.4.1, v8 14.1.146.9-electron.0')).toBe(
      'electron 45.4.1, v8 14.1.146.9-electron.0',
    )
  })

  it.each([
    [{ customer: 'Ana Belén' }, 'Ana'],
    [{ deep: { name: 'Ana Belén' } }, 'Ana'],
    [{ chatId: 34600112233 }, '34600112233'],
    [{ error: 'called +34 600 11 22 33 twice' }, '600 11'],
    [{ detail: 'dos panes de centeno' }, 'panes'],
    [{ detail: '34600112233@c.us' }, '34600112233'],
    [{ detail: 'ana.belen@example.com' }, 'ana.belen'],
    [{ error: { message: 'Unexpected token, "hola soy Ana" is not JSON' } }, 'hola'],
    [{ error: { message: "UNIQUE: 'quiero dos panes'" } }, 'panes'],
    [
      { url: 'https://api.telegram.org/bot123456789:AAExampleExampleExampleExampleExample/getMe' },
      'AAExample',
    ],
    [{ header: 'Bearer sk-abcdefghijklmnop' }, 'abcdefgh'],
    [{ detail: 'sk-or-v1-0123456789abcdef' }, '0123456789abcdef'],
    [{ list: [{ text: 'dos barras' }] }, 'barras'],
    [{ iban: 'ES91 2100 0418 4502 0005 1332' }, '2100'],
  ])('keeps nothing of %j', (data, secret) => {
    expect(line(data)).toContain(secret)
    expect(clean(data)).not.toContain(secret)
  })

  it('keeps nothing of what it cannot read', () => {
    expect(withoutPersonalData('hola, soy Ana')).toBeNull()
    expect(withoutPersonalData('["Ana"]')).toBeNull()
  })

  it('names no home folder', () => {
    expect(cleanText(`${homedir()}/.local/share/mostrador`)).toBe('~/.local/share/mostrador')
  })
})

describe('the last lines of the log', () => {
  it('are of the newest files, in order', async () => {
    for (const [index, name] of ['mostrador.1.log', 'mostrador.2.log'].entries()) {
      writeFileSync(join(folder, name), `${index}-a\n${index}-b\n`)
      utimesSync(join(folder, name), 1_000 + index, 1_000 + index)
    }
    writeFileSync(join(folder, 'other.txt'), 'no\n')
    expect(await lastLogLines(folder, 3)).toEqual(['0-b', '1-a', '1-b'])
    expect(await lastLogLines(join(folder, 'none'), 3)).toEqual([])
  })

  it('are whole where a file is long', async () => {
    writeFileSync(join(folder, 'a.log'), Array.from({ length: 60_000 }, (_, n) => `line ${n}, é\n`).join(''))
    const lines = await lastLogLines(folder, 20_000)
    expect(lines.at(-1)).toBe('line 59999, é')
    expect(lines.every((each) => /^line \d+, é$/.test(each))).toBe(true)
  })
})

describe('the diagnostics', () => {
  let app: App
  afterEach(() => app.stop())

  it('tell versions, sizes and states, and nothing of customers', async () => {
    app = await createApp({ quietWindowMs: 0, longestWaitMs: 0 }, createTestHost(folder))
    const shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
    const words = 'Soy Remedios, llámame al 600 11 22 33 o remedios@example.com'
    await shop.chat.ask('Remedios', words, AbortSignal.timeout(20_000))
    mkdirSync(join(folder, 'logs'), { recursive: true })
    writeFileSync(
      join(folder, 'logs', 'mostrador.log'),
      `${line({ msg: 'channel.start_failed', detail: words, customer: 'Remedios' })}\nRemedios wrote this\n`,
    )
    const text = await diagnosticsText({
      version: '1.2.3',
      startedAt: '2026-03-02T10:00:00.000Z',
      app,
      checks: async () => [
        {
          id: 'channel',
          shop: 'la-espiga',
          state: 'failed',
          code: 'channel.token',
          data: { name: 'Remedios' },
        },
      ],
      more: () => ['tray true'],
    })
    expect(text).toContain('Mostrador 1.2.3 (test)')
    expect(text).toContain(`node ${process.versions.node}`)
    expect(text).toContain('failed la-espiga channel channel.token')
    expect(text).toMatch(/la-espiga: database \d+ MiB, 0 products, 1 conversations, \d+ messages, 0 orders/)
    expect(text).toContain('channel.start_failed')
    expect(text).toContain('tray true')
    for (const secret of ['Remedios', 'remedios', '600 11 22 33', 'llámame'])
      expect(text).not.toContain(secret)
  })
})
