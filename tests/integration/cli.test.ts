import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { cli, type RunningCli, startCli } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const base = mkdtempSync(join(tmpdir(), 'cli-'))
const data = join(base, 'data')
const file = (name: string, content: string): string => {
  const path = join(base, name)
  writeFileSync(path, content)
  return path
}
const run = (args: string[], input?: string) => cli([...args, '--data', data, '--json'], { input })

const csv = 'sku;nombre;precio;existencias\nQ1;Queso curado;12,90;3\nP1;Pan de pueblo;2,50;\nX1;;1;1\n'
const running: RunningCli[] = []

beforeAll(async () => {
  const made = await run(['shop', 'create', '--name', 'Mi tiénda', '--currency', 'eur', '--locale', 'es-ES'])
  expect(made).toMatchObject({ code: 0, lines: [{ slug: 'mi-tienda' }], stderr: '' })
  const imported = await run(['catalog', 'import', file('catalog.csv', csv)])
  expect(imported.code).toBe(0)
})

afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGTERM')
    await one.ended
  }
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

function hold(args: string[]): RunningCli {
  const started = startCli([...args, '--data', data, '--json'])
  running.push(started)
  return started
}

describe('the command line', () => {
  it('explains every command', async () => {
    // Every command has them from the same place: these stand for all, and start at once.
    const commands = [
      [],
      ['shop', 'create'],
      ['catalog', 'search'],
      ['channel', 'add', 'telegram'],
      ['serve'],
    ]
    const shown = await Promise.all(commands.map((command) => cli([...command, '--help'])))
    shown.forEach(({ code, stdout, stderr }, index) => {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const words = index === 0 ? ['Exit codes', 'doctor'] : ['--data <dir>', '--shop <slug>', '--json']
      for (const word of words) expect(stdout).toContain(word)
    })
  })

  it('says wrong use on stderr, and as JSON for programs', async () => {
    const wrong = [
      ['nonsense'],
      ['shop', 'create', '--name', 'X'],
      ['catalog', 'search', '--limit', 'many'],
      ['serve', '--port', '99999'],
    ]
    for (const { code, lines, stderr } of await Promise.all(wrong.map((args) => run(args)))) {
      expect({ code, lines }).toMatchObject({ code: 2, lines: [{ error: { code: 'usage' } }] })
      expect(stderr).not.toBe('')
    }
  })

  it('writes a report for whoever helps', async () => {
    const { code, stdout } = await cli(['doctor', '--report', '--data', data])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Mostrador \d.*\(cli\)/)
    expect(stdout).toContain('\n# shops\nmi-tienda: database')
  })

  it('says which shop it does not know, and asks which one when there are several', async () => {
    expect(await run(['chat', '--say', 'hola', '--shop', 'other'])).toMatchObject({
      code: 3,
      lines: [{ error: { code: 'shop.not_found', data: { slug: 'other' } } }],
    })
    const several = join(base, 'several')
    for (const name of ['Uno', 'Dos']) {
      const args = ['shop', 'create', '--name', name, '--currency', 'MXN', '--locale', 'es-MX']
      expect((await cli([...args, '--data', several])).stdout).toContain(name.toLowerCase())
    }
    const listed = await cli(['shop', 'list', '--json', '--data', several])
    expect(listed.lines.map(({ slug }) => slug)).toEqual(['dos', 'uno'])
    const spanish = await cli(['chat', '--say', 'hola', '--data', several], { env: { LANG: 'es_ES.UTF-8' } })
    expect(spanish).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--shop (dos, uno)'),
    })
  })

  it('refuses a shop that cannot be, and leaves nothing behind', async () => {
    for (const [option, value] of [
      ['--currency', 'ZZZ'],
      ['--time-zone', 'Mars/Olympus'],
    ]) {
      const args = ['shop', 'create', '--name', 'B', '--currency', 'EUR', '--locale', 'es-ES', option, value]
      expect(await run(args.map(String)), option).toMatchObject({ code: 2, lines: [{ error: {} }] })
    }
    expect((await run(['shop', 'list'])).lines).toEqual([
      { slug: 'mi-tienda', name: 'Mi tiénda', currency: 'EUR', locale: 'es-ES', error: null },
    ])
  })

  it('makes the demo shop', async () => {
    const demo = join(base, 'demo')
    const args = ['--name', 'Corner', '--currency', 'GBP', '--locale', 'en-GB', '--country', 'GB']
    const zone = ['--time-zone', 'Europe/London', '--demo', '--json', '--data', demo]
    expect(await cli(['shop', 'create', ...args, ...zone])).toMatchObject({ lines: [{ slug: 'corner' }] })
    const { lines } = await cli(['catalog', 'search', 'bread', '--limit', '2', '--json', '--data', demo])
    expect(lines).toMatchObject([{ answered: true, results: [{ currency: 'GBP' }, { currency: 'GBP' }] }])
  })
})

describe('catalog', () => {
  it('tells a dry run from an import on its last line', async () => {
    const path = file('more.csv', 'sku,name,price\nN1,Nuts,3.20\nN2,,1\nQ1,Queso curado,gratis\n')
    const dry = await run(['catalog', 'import', path, '--dry-run'])
    expect(dry.code).toBe(0)
    expect(dry.lines.at(-1)).toMatchObject({
      imported: 1,
      refused: [{ row: 3, reason: 'no_name' }],
      warned: [{ row: 4, reason: 'price_free' }],
      dryRun: true,
    })
    expect((await run(['catalog', 'search', 'nuts', '--limit', '1'])).lines).not.toMatchObject([
      { results: [{ sku: 'N1' }] },
    ])
    const spoken = await cli(['catalog', 'import', path, '--dry-run', '--data', data])
    expect(spoken.stdout).toContain('Row 3: It has no name.')
    expect(spoken.stdout).toContain('nothing was saved')
  })

  it('searches the words it is given, or each line of its input', async () => {
    const [first] = (await run(['catalog', 'search', 'queso', 'curado', '--limit', '1'])).lines
    expect(first).toEqual({
      query: 'queso curado',
      results: [
        {
          sku: 'Q1',
          product: expect.any(String),
          name: 'Queso curado',
          price: 1290,
          currency: 'EUR',
          stock: 3,
          score: expect.any(Number),
        },
      ],
      answered: true,
    })
    const { code, lines } = await run(['catalog', 'search'], 'queso\n\ntractor amarillo\npan')
    expect(code).toBe(0)
    expect(lines.map(({ query }) => query)).toEqual(['queso', '', 'tractor amarillo', 'pan'])
    expect(lines.map(({ answered }) => answered)).toEqual([true, false, false, true])
    expect((await run(['search', 'rebuild'])).lines.at(-1)).toEqual({ products: 2 })
  })
})

describe('shop profile', () => {
  const whole = {
    address: 'Calle Mayor 3',
    phone: '+34 600 000 000',
    hours: {
      mon: [
        ['09:00', '14:00'],
        ['17:00', '20:30'],
      ],
      tue: [['09:00', '14:00']],
      wed: null,
      thu: null,
      fri: null,
      sat: null,
      sun: null,
    },
    hoursNote: 'agosto cerrado',
    holidays: [
      { date: '2026-12-25', name: 'Navidad', hours: null, yearly: true },
      { date: '2026-12-24', name: 'Nochebuena', hours: [['10:00', '13:00']], yearly: false },
    ],
    vacations: [{ from: '2027-08-01', to: '2027-08-21', note: 'Volvemos el 23' }],
    whenClosed: 'orders_later',
    awayMessage: { es: 'Cerrado', en: 'Closed' },
    delivery: {
      minOrder: 15,
      zones: [
        { id: 'z', name: 'Centro', areas: ['28001'], fee: 3.5, freeFrom: 40, eta: '24 h', excludes: ['Sol'] },
      ],
      pickup: { fee: 0, note: 'en tienda' },
      notServed: 'No enviamos a islas',
    },
    payments: [{ id: 'card', name: 'Tarjeta', details: '' }],
    deposit: { over: 100, percent: 30, note: 'encargos' },
    returns: '14 días',
    discounts: 'no',
    handoff: 'Te paso con Ana',
    faq: [{ q: '¿Hay aparcamiento?', a: 'Sí' }],
  }
  const empty = {
    address: '',
    phone: '',
    hours: null,
    hoursNote: '',
    holidays: [],
    vacations: [],
    whenClosed: 'answer',
    awayMessage: { es: '', en: '' },
    delivery: null,
    payments: [],
    deposit: null,
    returns: '',
    discounts: '',
    handoff: '',
    faq: [],
  }

  it('takes every field, amounts in major units, and any of them missing or null', async () => {
    const saved = await run(['shop', 'profile', file('whole.json', JSON.stringify(whole))])
    expect(saved).toMatchObject({ code: 0, stderr: '' })
    expect(saved.lines).toEqual([
      {
        slug: 'mi-tienda',
        profile: {
          ...whole,
          delivery: {
            ...whole.delivery,
            minOrder: 1500,
            zones: [{ ...whole.delivery.zones[0], fee: 350, freeFrom: 4000 }],
          },
          deposit: { ...whole.deposit, over: 10_000 },
        },
      },
    ])
    // Every other field is null, the rest are missing.
    const nulls = Object.fromEntries(
      Object.keys(empty).flatMap((key, i) => (i % 2 === 0 ? [[key, null]] : [])),
    )
    const path = file('empty.json', JSON.stringify(nulls))
    expect((await run(['shop', 'profile', path])).lines).toEqual([{ slug: 'mi-tienda', profile: empty }])
  })

  it('says where it is wrong', async () => {
    const wrong = [
      ['{"hours":{"mon":[["25:99","x"]]}}', 'hours.mon'],
      ['{"delivery":{"zones":[{"name":"A","fee":-3}]}}', 'delivery.zones.0.fee'],
      ['{"holidays":[{"date":"2026-02-30"}]}', '"holidays.0.date" is not valid. Write a date'],
      [
        '{"vacations":[{"from":"2027-08-21","to":"2027-08-01"}]}',
        '"vacations.0.to" is not valid. The last day',
      ],
      ['{"adress":"Calle Mayor 3"}', 'profile.adress" is not valid. There is no such key'],
    ]
    for (const [content = '', where] of wrong) {
      const { code, stderr } = await cli(['shop', 'profile', file('wrong.json', content), '--data', data])
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(String(where)) })
    }
    expect(await run(['shop', 'profile', join(base, 'nowhere.json')])).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'import.file_unreadable' } }],
    })
  })
})

describe('chat', () => {
  it('answers each line, keeps the cart, and is silent once a person has the conversation', async () => {
    const said = [
      '¿cuánto cuesta el queso curado?',
      'ponme dos',
      '',
      'quiero hablar con una persona',
      '¿hola?',
    ]
    const { code, lines } = await run(['chat', '--as', 'Eva'], said.join('\n'))
    expect(code).toBe(0)
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['reply', 'language', 'trace', 'cart', 'order', 'mode'])
      expect(line).toMatchObject({ language: 'es', order: null })
    }
    const cart = { lines: [{ sku: 'Q1', quantity: 2, total: 2580 }], total: 2580, currency: 'EUR' }
    expect(lines).toMatchObject([
      { reply: expect.stringContaining('12,90'), mode: 'bot', cart: { lines: [], total: 0 } },
      { reply: expect.stringContaining('25,80'), mode: 'bot', cart, trace: { engine: 'builtin' } },
      { reply: expect.any(String), mode: 'person', cart },
      { reply: null, trace: null, mode: 'person', cart },
    ])
    expect((await run(['chat', '--say', 'hi there!'])).lines).toMatchObject([{ language: 'en', mode: 'bot' }])
  })

  it('tells how a reply came about', async () => {
    const [line] = (await run(['chat', '--as', 'Rosa', '--say', '¿cuánto cuesta el queso curado?'])).lines
    const messageId = String((line as { trace: { messageId: string } } | undefined)?.trace.messageId)
    expect((await run(['conversation', 'trace', messageId])).lines).toMatchObject([
      { messageId, engine: 'builtin', gate: { ok: true }, promptVersion: null, costMicros: 0 },
    ])
    expect(await run(['conversation', 'trace', '01890000-0000-7000-8000-000000000000'])).toMatchObject({
      code: 3,
      lines: [{ error: { code: 'not_found' } }],
    })
  })

  it('takes the same shop from no two processes at once', async () => {
    const first = hold(['chat', '--as', 'Luis'])
    first.child.stdin.write('hola\n')
    expect(await first.next()).toMatchObject({ mode: 'bot' })
    expect(await run(['chat', '--say', 'hola'])).toMatchObject({
      code: 4,
      lines: [{ error: { code: 'shop.locked' } }],
    })
    first.child.stdin.end()
    expect(await first.ended).toMatchObject({ code: 0 })
  })
})

describe('serve and the commands beside it', () => {
  it('connects a bot, answers through it, and lets commands work meanwhile', async () => {
    const telegram = await FakeTelegram.start()
    const add = (token: string, apiRoot = telegram.apiRoot) =>
      run(['channel', 'add', 'telegram', '--token', token, '--api-root', apiRoot])
    try {
      expect((await run(['channel', 'list'])).lines).toEqual([])
      expect((await add(telegram.token)).lines).toMatchObject([{ kind: 'telegram', name: 'tienda_bot' }])
      expect(await add(telegram.token)).toMatchObject({
        code: 7,
        lines: [{ error: { code: 'channel.already_added' } }],
      })
      const host = hold(['serve', '--no-open', '--port', '0'])
      const ready = await host.next()
      expect(ready).toEqual({ event: 'ready', url: expect.any(String), launchUrl: expect.any(String) })
      telegram.customer({ id: 501, name: 'Ana' }).say('¿Cuánto cuesta el queso curado?')
      await telegram.until(() => telegram.sent.length === 1, 'the reply')
      expect(telegram.sent[0]?.text).toContain('12,90')

      const again = await run(['serve', '--no-open'])
      expect(again).toMatchObject({ code: 0, lines: [{ event: 'ready', url: ready.url, already: true }] })
      expect(again.lines[0]?.launchUrl).not.toBe(ready.launchUrl)
      expect((await run(['shop', 'list'])).lines).toMatchObject([{ slug: 'mi-tienda' }])
      const imported = await run(['catalog', 'import', file('catalog.csv', csv), '--dry-run'])
      expect(imported.lines.at(-1)).toMatchObject({ imported: 0, refused: [{ row: 4, reason: 'no_name' }] })
      expect((await run(['chat', '--as', 'door', '--say', 'hola'])).lines).toMatchObject([{ mode: 'bot' }])
      expect(await run(['shop', 'profile', file('wrong.json', '[1]')])).toMatchObject({
        code: 2,
        lines: [{ error: { code: 'input.invalid' } }],
      })
      const [account] = (await run(['channel', 'list'])).lines
      expect(account).toMatchObject({ state: 'ready', apiRoot: telegram.apiRoot })
      expect((await run(['channel', 'remove', String(account?.id)])).lines).toEqual([
        { removed: account?.id },
      ])
      expect(await run(['channel', 'remove', String(account?.id)])).toMatchObject({ code: 3 })
      expect((await run(['channel', 'list'])).lines).toEqual([])
      host.child.kill('SIGTERM')
      expect(await host.ended).toMatchObject({ code: 0, stderr: '' })
    } finally {
      await telegram.close()
    }
  })
})
