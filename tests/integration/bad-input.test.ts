import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { ManualClock } from '../fixtures/clock.ts'
import { createTestStorage } from '../fixtures/shop.ts'
import { cli } from './cli-fixture.ts'
import { openTelegramShop, RecordingLog } from './telegram-fixture.ts'

/** What goes wrong outside has its clear error and loses nothing; the far side's outages are in `telegram-*.test.ts`. */
// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const base = mkdtempSync(join(tmpdir(), 'bad-input-'))
const data = join(base, 'data')
const file = (name: string, content: string | Buffer): string => {
  const path = join(base, name)
  writeFileSync(path, content)
  return path
}
const run = (args: string[], folder = data) => cli([...args, '--data', folder, '--json'])
const create = (name: string, folder = data) =>
  run(['shop', 'create', '--name', name, '--currency', 'EUR', '--locale', 'es-ES'], folder)
const failure = (code: number, error: string) => ({ code, lines: [{ error: { code: error } }] })

beforeAll(async () => {
  chmodSync(base, 0o755)
  expect((await create('Tienda')).code).toBe(0)
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('a catalog that is none', () => {
  const photo = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(50_000, 7)])

  it('is refused, and says what it is', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256))
    const cases = [
      ['a photo', photo, 'import.not_text'],
      ['noise', noise, 'import.not_text'],
      ['blank lines', '\uFEFF\n\n', 'import.empty'],
    ] as const
    for (const [name, content, code] of cases) {
      expect(await run(['catalog', 'import', file('wrong.csv', content)]), name).toMatchObject(
        failure(2, code),
      )
    }
    const spoken = await cli(['catalog', 'import', file('wrong.csv', ''), '--data', data])
    expect(spoken).toMatchObject({ code: 2, stdout: '', stderr: 'The file is empty.\n' })
  })

  it('a folder or nothing at all is refused', async () => {
    for (const path of [base, join(base, 'nowhere.csv')]) {
      expect(await run(['catalog', 'import', path])).toMatchObject({
        code: 2,
        lines: [{ error: { code: 'import.file_unreadable', data: { path } } }],
      })
    }
  })

  it('a line of 200 MB is refused in little memory, and nothing of the file is kept', async () => {
    const path = join(base, 'long.csv')
    const out = createWriteStream(path)
    out.write('nombre,precio\nPan,2\n"')
    const piece = Buffer.alloc(10_000_000, 'x')
    for (let i = 0; i < 20; i++) if (!out.write(piece)) await once(out, 'drain')
    out.end()
    await once(out, 'close')
    const env = { NODE_OPTIONS: '--max-old-space-size=96' }
    const refused = await cli(['catalog', 'import', path, '--data', data, '--json'], { env })
    rmSync(path)
    expect(refused.code).toBe(2)
    expect(refused.lines.at(-1)).toMatchObject({ error: { code: 'import.line_too_long' } })
    expect((await run(['catalog', 'search', 'pan'])).lines).toMatchObject([{ results: [], answered: false }])
  })

  it('a price that is no price is named by its row, and the rest goes in', async () => {
    const folder = copyOf('prices', ['tienda'])
    const rows = ['A;Pan;gratis', 'B;Sal;', 'C;Queso;12,90', 'D;Leche;-3', 'E;Vino;mucho', 'F;Miel;0']
    const path = file('prices.csv', `sku;nombre;precio\n${rows.join('\n')}\n`)
    const { code, lines } = await run(['catalog', 'import', path], folder)
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({
      imported: 4,
      refused: [
        { row: 5, reason: 'price_negative' },
        { row: 6, reason: 'price_unreadable' },
      ],
      warned: [
        { row: 2, reason: 'price_free' },
        { row: 3, reason: 'price_missing' },
        { row: 7, reason: 'price_zero' },
      ],
    })
    const [found] = (await run(['catalog', 'search', 'pan', '--limit', '1'], folder)).lines
    expect(found).toMatchObject({ results: [{ sku: 'A', price: null }] })
  })
})

/** A data folder of its own with copies of the empty shop. */
function copyOf(name: string, slugs: string[]): string {
  const folder = join(base, name)
  for (const slug of slugs)
    cpSync(join(data, 'shops', 'tienda'), join(folder, 'shops', slug), { recursive: true })
  return folder
}

describe('shops that cannot be opened', () => {
  it('are listed with why, are left as they are, and the others work', async () => {
    const folder = copyOf('shops', ['damaged', 'newer', 'odd', 'text', 'well'])
    const at = (...path: string[]) => join(folder, 'shops', ...path)
    const newer = new Database(at('newer', 'shop.db'))
    newer.pragma('user_version = 999')
    newer.close()
    const bytes = readFileSync(at('damaged', 'shop.db'))
    writeFileSync(at('damaged', 'shop.db'), bytes.fill(0xab, 4096, 4096 * 20))
    writeFileSync(at('text', 'shop.db'), 'no database')
    rmSync(at('odd', 'media'), { recursive: true })
    writeFileSync(at('odd', 'media'), 'a file')
    const before = ['damaged', 'newer', 'text'].map((slug) => readFileSync(at(slug, 'shop.db')))

    const listed = await run(['shop', 'list'], folder)
    expect(listed.code).toBe(0)
    expect(listed.lines.map(({ slug, error }) => [slug, error])).toEqual([
      ['damaged', 'shop.damaged'],
      ['newer', 'shop.newer_version'],
      ['odd', 'shop.no_rights'],
      ['text', 'shop.damaged'],
      ['well', null],
    ])
    const [damaged, later, odd, well, text] = await Promise.all([
      run(['chat', '--say', 'hola', '--shop', 'damaged'], folder),
      run(['chat', '--say', 'hola', '--shop', 'newer'], folder),
      cli(['chat', '--say', 'hola', '--shop', 'odd', '--data', folder]),
      run(['chat', '--say', 'hola', '--shop', 'well'], folder),
      run(['catalog', 'search', 'x', '--shop', 'text'], folder),
    ])
    expect(damaged).toMatchObject(failure(6, 'shop.damaged'))
    expect(later).toMatchObject(failure(6, 'shop.newer_version'))
    expect(odd).toMatchObject({ code: 5, stderr: expect.stringContaining(at('odd', 'media')) })
    expect(well).toMatchObject({ code: 0, lines: [{ mode: 'bot' }] })
    expect(text).toMatchObject(failure(6, 'shop.damaged'))
    const after = ['damaged', 'newer', 'text'].map((slug) => readFileSync(at(slug, 'shop.db')))
    expect(after.map((content, index) => content.equals(before[index] ?? Buffer.alloc(0)))).toEqual([
      true,
      true,
      true,
    ])
    const checks = await run(['doctor'], folder)
    expect(checks.code).toBe(1)
    const failed = checks.lines.filter(({ id, state }) => id === 'shop' && state === 'failed')
    expect(failed.map(({ shop }) => shop)).toEqual(['damaged', 'newer', 'odd', 'text'])
  })

  it('say so where the data folder is a file, or the shops in it are', async () => {
    const plain = file('plain', '')
    mkdirSync(join(base, 'half'))
    file('half/shops', '')
    for (const folder of [plain, join(base, 'half')]) {
      expect(await create('X', folder)).toMatchObject(failure(5, 'shop.no_rights'))
      expect(await run(['shop', 'list'], folder)).toMatchObject(failure(5, 'shop.no_rights'))
    }
    expect(await run(['serve', '--no-open'], plain)).toMatchObject({
      code: 5,
      lines: [{ event: 'error', code: 'shop.no_rights', data: { path: plain } }],
    })
  })

  // Windows has no such modes; root passes them by, and runs the commands as somebody else here.
  it.skipIf(process.platform === 'win32')(
    'say so where rights are missing',
    async () => {
      const folder = copyOf('rights', ['closed', 'fixed', 'well'])
      const at = (...path: string[]) => join(folder, 'shops', ...path)
      const nobody = process.getuid?.() === 0 ? 65_534 : undefined
      if (nobody !== undefined) {
        const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        for (const path of ['', ...entries]) chownSync(join(folder, path), nobody, nobody)
      }
      chmodSync(at('closed'), 0o000)
      chmodSync(at('fixed'), 0o555)
      try {
        const as = (args: string[]) =>
          cli([...args, '--data', folder, '--json'], nobody === undefined ? {} : { uid: nobody })
        const listed = await as(['shop', 'list'])
        expect(listed.lines.map(({ slug, error }) => [slug, error])).toEqual([
          ['closed', 'shop.no_rights'],
          ['fixed', 'shop.no_rights'],
          ['well', null],
        ])
        for (const shop of ['closed', 'fixed']) {
          expect(await as(['chat', '--say', 'hola', '--shop', shop])).toMatchObject(
            failure(5, 'shop.no_rights'),
          )
        }
        expect(await as(['chat', '--say', 'hola', '--shop', 'well'])).toMatchObject({ code: 0 })
      } finally {
        chmodSync(at('closed'), 0o755)
        chmodSync(at('fixed'), 0o755)
      }
      expect((await run(['chat', '--say', 'hola', '--shop', 'closed'], folder)).code).toBe(0)
    },
    60_000,
  )
})

describe('a busy or failing outside', () => {
  it('a port in use is named, and ends with its exit code', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      const refused = await run(['serve', '--no-open', '--port', String(port)])
      expect(refused).toMatchObject({
        code: 4,
        lines: [{ event: 'error', code: 'host.port_in_use', data: { port } }],
        stderr: expect.stringContaining(`uses port ${port}`),
      })
    } finally {
      other.close()
    }
  })

  it('a wrong token and a Telegram that cannot be reached are told apart, and nothing is stored', async () => {
    const telegram = await FakeTelegram.start()
    const add = (token: string, root: string) =>
      run(['channel', 'add', 'telegram', '--token', token, '--api-root', root])
    try {
      for (const token of ['7000000001:AAWrong', 'no token']) {
        const refused = await add(token, telegram.apiRoot)
        expect(refused).toMatchObject(failure(7, 'channel.token_refused'))
        expect(refused.stdout + refused.stderr).not.toContain('AAWrong')
      }
      await telegram.down()
      const away = await add(telegram.token, telegram.apiRoot)
      expect(away).toMatchObject(failure(7, 'channel.unreachable'))
      expect(away.stdout + away.stderr).not.toContain('AAFake')
      expect(await run(['channel', 'list'])).toMatchObject({ code: 0, stdout: '' })
    } finally {
      await telegram.close()
    }
  })

  it('a disk that is full while receiving loses no message', async () => {
    const telegram = await FakeTelegram.start()
    const clock = new ManualClock()
    const test = createTestStorage({ clock })
    const shop = openTelegramShop(test.dir, { ...test, clock, log: new RecordingLog() })
    const changed = async (condition: () => boolean): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const check = () => {
        if (condition()) resolve()
      }
      const forget = test.bus.subscribe(check)
      check()
      await promise.finally(forget)
    }
    try {
      await shop.channels.start()
      const { id } = await shop.channels.addTelegram('system', {
        token: telegram.token,
        apiRoot: telegram.apiRoot,
      })
      await changed(() => shop.channels.get(id).state.state === 'ready')
      // SQLite itself runs out of room, as on a full disk.
      const pages = Number(test.storage.sql.pragma('page_count', { simple: true }))
      test.storage.sql.pragma(`max_page_count = ${pages + 4}`)
      const ana = telegram.customer({ id: 501, name: 'Ana' })
      const texts = Array.from({ length: 30 }, (_, index) => `${index}: ${'palabra '.repeat(400)}`.trim())
      for (const text of texts) ana.say(text)
      await changed(() => shop.channels.get(id).state.state === 'waiting')
      expect(shop.channels.get(id).state).toMatchObject({ reason: 'storage', detail: 'storage.full' })
      const kept = () => test.storage.sql.prepare('SELECT text FROM messages ORDER BY seq').pluck().all()
      expect(kept().length).toBeLessThan(texts.length)

      test.storage.sql.pragma('max_page_count = 1000000')
      clock.advance(60_000)
      await changed(() => kept().length === texts.length)
      expect(kept()).toEqual(texts)
    } finally {
      await shop.channels.stop()
      await telegram.close()
      test.close()
    }
  })
})
