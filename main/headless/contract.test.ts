import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ContractClient, EventStreamItem } from '../../preload/contract/index.ts'
import { TestHost } from '../../tests/fixtures/headless.ts'
import { connectDoor, type DoorConnection, fromContractError } from '../hosting/door-client.ts'
import { readDoor, writeDoor } from '../hosting/door-file.ts'

// A host is started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let test: TestHost
let cookie: string
let desk: ContractClient
let door: DoorConnection
let folder: string
const shop = 'tienda'
beforeAll(async () => {
  test = await TestHost.start()
  cookie = await test.signIn()
  desk = (await test.desk(cookie)).client
  await desk.shops.create({ name: 'Tienda', currency: 'EUR', locale: 'es-ES' })
  const opened = await connectDoor(test.dataFolder)
  if (opened === null) throw new Error('no door')
  door = opened
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterAll(async () => {
  await door.close()
  await test.close()
  rmSync(folder, { recursive: true, force: true })
})

const csv = 'nombre;precio;sku;existencias\nTaza azul;12,90;TZ-1;4\nPlato;-5;PL-1;2\n'

function file(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, csv)
  return path
}

async function upload(): Promise<string> {
  const headers = { Cookie: cookie, Origin: test.origin, 'X-File-Name': encodeURIComponent('catálogo.csv') }
  const answer = await test.ask('/upload', { method: 'POST', headers, body: csv })
  expect(answer.status).toBe(201)
  return JSON.parse(answer.body).uploadId
}

describe('the desk', () => {
  it('is somebody, and can be renamed', async () => {
    expect(await desk.session.me()).toMatchObject({ via: 'desk', person: { role: 'owner' } })
    expect(await desk.session.update({ name: 'Rosa', language: 'es' })).toMatchObject({ name: 'Rosa' })
  })

  it('sees its shop', async () => {
    expect(await desk.shops.list()).toMatchObject([
      {
        slug: shop,
        error: null,
        shop: { name: 'Tienda', currency: 'EUR', currencyDigits: 2, country: 'ES' },
      },
    ])
  })

  it('keeps a product through create, get and update, and is told of a conflict', async () => {
    const product = await desk.catalog.create({
      shop,
      product: { name: 'Vela', variants: [{ sku: 'VE-1', price: { kind: 'exact', amount: 450 } }] },
    })
    expect(await desk.catalog.get({ shop, productId: product.id })).toEqual(product)
    const productId = product.id
    const changes = { name: 'Vela blanca' }
    const changed = await desk.catalog.update({
      shop,
      productId,
      changes,
      expectedRevision: product.revision,
    })
    expect(changed.name).toBe('Vela blanca')
    const stale = desk.catalog.update({ shop, productId, changes, expectedRevision: product.revision })
    await expect(stale).rejects.toMatchObject({ data: { code: 'conflict' } })
    await desk.catalog.remove({ shop, productId })
    const gone = await desk.catalog.get({ shop, productId }).catch(fromContractError)
    expect(gone).toMatchObject({ code: 'not_found' })
  })

  it('keeps the profile: major units in, minor units out', async () => {
    const profile = {
      phone: '600 000 000',
      delivery: { minOrder: 15, zones: [{ name: 'Centro', fee: '3,95 €' }] },
    }
    const saved = await desk.shops.setProfile({ shop, profile })
    expect(saved.delivery).toMatchObject({ minOrder: 1500, zones: [{ fee: 395 }] })
    expect(await desk.shops.profile({ shop })).toEqual(saved)
    const misspelt = { ...profile, horario: {} }
    await expect(desk.shops.setProfile({ shop, profile: misspelt })).rejects.toMatchObject({
      data: { code: 'input.invalid', data: { field: 'profile.horario', issue: 'unknown_key' } },
    })
  })

  it('imports an upload, first dry, with progress and a report, and only once for good', async () => {
    const uploadId = await upload()
    for (const dryRun of [true, false]) {
      const types: string[] = []
      let report: unknown
      for await (const event of await desk.catalog.importStart({ shop, uploadId, dryRun })) {
        types.push(event.type)
        if (event.type === 'report') report = event.report
      }
      expect(types[0]).toBe('started')
      expect(types.at(-1)).toBe('report')
      expect(report).toMatchObject({ dryRun, imported: 1, refused: [{ row: 3 }] })
    }
    const again = await desk.catalog.importStart({ shop, uploadId })
    await expect(again.next()).rejects.toMatchObject({ data: { code: 'upload.not_found' } })
    expect(await desk.catalog.imports({ shop })).toMatchObject([{ fileName: 'catálogo.csv', state: 'done' }])
  })

  it('cannot name a file of this computer', async () => {
    const events = await desk.catalog.importStart({ shop, path: file('desk.csv') })
    await expect(events.next()).rejects.toMatchObject({ data: { code: 'session.forbidden' } })
  })

  it('cannot ask for launch links', async () => {
    await expect(desk.session.launchUrl()).rejects.toMatchObject({ data: { code: 'session.forbidden' } })
  })

  it("cannot take another session's upload", async () => {
    const uploadId = await upload()
    const other = (await test.desk(await test.signIn())).client
    const events = await other.catalog.importStart({ shop, uploadId, dryRun: true })
    await expect(events.next()).rejects.toMatchObject({ data: { code: 'upload.not_found' } })
  })
})

describe('a conversation', () => {
  it('is answered, traced, taken over, written to and handed back', async () => {
    await desk.catalog.create({
      shop,
      product: {
        name: 'Jarra de cristal',
        category: 'Cocina',
        variants: [{ sku: 'JA-1', price: { kind: 'exact', amount: 2490 } }],
      },
    })
    // The index follows by itself a moment later; a rebuild ends only when it has caught up.
    for await (const _ of await desk.search.rebuild({ shop }));
    const answer = await desk.chat.ask({ shop, as: 'Ana', text: '¿Cuánto cuesta la jarra de cristal?' })
    expect(answer).toMatchObject({ language: 'es', mode: 'bot', order: null, cart: { currency: 'EUR' } })
    expect(answer.reply).toContain('24,90')
    const { conversationId } = answer
    expect(await desk.chat.open({ shop, as: 'Ana' })).toEqual({ conversationId })

    const { items, more } = await desk.conversations.messages({ shop, conversationId })
    expect(more).toBe(false)
    expect(items.map(({ author }) => author)).toEqual(['customer', 'agent'])
    const [asked, replied] = items
    expect(asked?.understanding?.class).toBeTypeOf('string')
    expect(replied).toMatchObject({ hasTrace: true, text: answer.reply })
    const trace = await desk.traces.get({ shop, messageId: replied?.id ?? '' })
    expect(trace).toEqual(answer.trace)
    expect(trace.steps.length).toBeGreaterThan(1)
    await expect(desk.traces.get({ shop, messageId: asked?.id ?? '' })).rejects.toMatchObject({
      data: { code: 'not_found' },
    })

    const one = { shop, conversationId }
    expect(await desk.conversations.take(one)).toMatchObject({ mode: 'person', untold: [] })
    const silent = await desk.chat.ask({ shop, as: 'Ana', text: '¿Hay alguien?' })
    expect(silent).toMatchObject({ reply: null, mode: 'person' })
    await desk.conversations.send({ ...one, text: 'Hola, soy Rosa.' })
    await desk.conversations.note({ ...one, text: 'Clienta habitual' })
    await desk.conversations.markRead(one)
    const found = await desk.conversations.list({ shop, text: 'soy rosa' })
    expect(found.items).toMatchObject([
      {
        id: conversationId,
        mode: 'person',
        unread: 0,
        customer: { name: 'Ana' },
        channel: { kind: 'testchat' },
      },
    ])
    expect(await desk.conversations.pause(one)).toMatchObject({ mode: 'paused' })
    expect(await desk.conversations.handBack(one)).toMatchObject({ mode: 'bot' })
    await expect(desk.conversations.get({ shop, conversationId: 'nobody' })).rejects.toMatchObject({
      data: { code: 'not_found' },
    })
  })

  it('is paged from the newest', async () => {
    for (const as of ['Eva', 'Luis']) await desk.chat.ask({ shop, as, text: 'Hola' })
    const first = await desk.conversations.list({ shop, limit: 1 })
    expect(first).toMatchObject({ more: true, items: [{ customer: { name: 'Luis' } }] })
    const before = first.items[0]?.lastMessageSeq
    const second = await desk.conversations.list({ shop, limit: 1, before })
    expect(second.items).toMatchObject([{ customer: { name: 'Eva' } }])
    const conversationId = second.items[0]?.id ?? ''
    const newest = await desk.conversations.messages({ shop, conversationId, limit: 1 })
    expect(newest).toMatchObject({ more: true, items: [{ author: 'agent' }] })
  })

  it('cannot be imitated on a real channel, and nothing is unknown', async () => {
    const [account] = await desk.channels.list({ shop })
    expect(account).toMatchObject({ kind: 'testchat', enabled: true })
    expect(await desk.outbox.unknown({ shop })).toEqual([])
    await expect(
      desk.outbox.resolve({ shop, outboxId: 'nothing', verdict: 'arrived' }),
    ).rejects.toMatchObject({ data: { code: 'not_found' } })
    const unreachable = { shop, token: `1:${'a'.repeat(35)}`, apiRoot: 'http://127.0.0.1:1' }
    await expect(desk.channels.addTelegram(unreachable)).rejects.toMatchObject({
      data: { code: 'channel.unreachable' },
    })
  })
})

describe('search', () => {
  it('finds, says what it understood, and rebuilds with progress', async () => {
    const found = await desk.search.products({ shop, query: 'jarra' })
    expect(found.answered).toBe(true)
    expect(found.results[0]).toMatchObject({ sku: 'JA-1', price: { kind: 'exact', amount: 2490 } })
    const types: string[] = []
    for await (const event of await desk.search.rebuild({ shop })) types.push(event.type)
    expect(types.at(-1)).toBe('ready')
    expect((await desk.search.state({ shop })).state).toBe('ready')
    await desk.search.setSynonyms({ shop, groups: [['jarra', 'jarro']] })
    expect(await desk.search.synonyms({ shop })).toEqual([['jarra', 'jarro']])
  })
})

describe('doctor', () => {
  it('looks at the host and at each shop', async () => {
    const { ok, checks } = await desk.system.doctor()
    expect(ok).toBe(true)
    expect(checks.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['node', 'disk_space', 'shop', 'search']),
    )
    expect(await desk.system.info()).toMatchObject({ host: 'headless', dataFolder: test.dataFolder })
  })
})

describe('live events', () => {
  async function next(stream: AsyncIterator<EventStreamItem>, type: string): Promise<EventStreamItem> {
    for (;;) {
      const { value, done } = await stream.next()
      if (done) throw new Error(`the stream ended before ${type}`)
      if (value.kind === 'event' && value.event.type === type) return value
    }
  }

  it('arrive, and are replayed to whoever was away', async () => {
    const stream = await desk.events.stream({ shop })
    const first = await stream.next()
    expect(first.value).toMatchObject({ kind: 'ready', gap: false })
    const entry = await desk.knowledge.add({ shop, entry: { topic: 'note', answer: 'Abrimos en agosto' } })
    const live = await next(stream, 'knowledge.changed')
    expect(live).toMatchObject({ event: { payload: { knowledgeId: entry.id } } })
    await stream.return?.(undefined)

    await desk.knowledge.remove({ shop, knowledgeId: entry.id })
    const afterSeq = live.kind === 'event' ? (live.event.seq ?? 0) : 0
    const back = await desk.events.stream({ shop, afterSeq })
    expect((await back.next()).value).toEqual({ kind: 'ready', seq: afterSeq, gap: false })
    await next(back, 'knowledge.changed')
    await back.return?.(undefined)
  })

  it('name a gap to whoever comes from another database', async () => {
    const stream = await desk.events.stream({ shop, afterSeq: 1_000_000 })
    expect((await stream.next()).value).toMatchObject({ kind: 'ready', gap: true })
    await stream.return?.(undefined)
  })
})

describe('the door', () => {
  it('acts as the owner, from the data folder and from the shop', async () => {
    expect(await door.client.session.me()).toMatchObject({ via: 'door', person: { role: 'owner' } })
    const beside = await connectDoor(join(test.dataFolder, 'shops', shop))
    expect(await beside?.client.session.me()).toMatchObject({ via: 'door' })
    await beside?.close()
  })

  it('gives fresh links that work', async () => {
    const { launchUrl } = await door.client.session.launchUrl()
    const { pathname, search } = new URL(launchUrl)
    expect((await test.ask(`${pathname}${search}`)).status).toBe(303)
  })

  it('imports files by their path', async () => {
    let report: unknown
    const path = file('door.csv')
    for await (const event of await door.client.catalog.importStart({ shop, path, dryRun: true })) {
      if (event.type === 'report') report = event.report
    }
    expect(report).toMatchObject({ dryRun: true, refused: [{ row: 3 }] })
  })

  it('of a host that died counts as none, and its token is shown to nobody', async () => {
    const left = mkdtempSync(join(tmpdir(), 'left-'))
    mkdirSync(join(left, 'data'))
    const found = readDoor(test.dataFolder)
    if (found === null) throw new Error('no door')
    expect(await connectDoor(left)).toBeNull()
    writeDoor(left, { ...found, lock: join(left, 'lock.db') })
    expect(await connectDoor(left)).toBeNull()
    rmSync(left, { recursive: true, force: true })
  })
})

describe('signing out', () => {
  it('ends the session and its connections, and no other', async () => {
    const leaving = await test.signIn()
    const { client, socket } = await test.desk(leaving)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    expect(await client.session.logout()).toEqual({ done: true })
    expect(await closed).toBe(4401)
    expect((await test.ask('/', { headers: { Cookie: leaving } })).status).toBe(401)
    expect(await desk.session.me()).toMatchObject({ via: 'desk' })
  })
})

describe('media', () => {
  function keep(content: string | Buffer): string {
    const hash = createHash('sha256').update(content).digest('hex')
    const dir = join(test.dataFolder, 'shops', shop, 'media', hash.slice(0, 2))
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, hash), content)
    return `/media/${shop}/${hash}`
  }
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  it('is for who is signed in', async () => {
    const path = keep(png)
    expect((await test.ask(path)).status).toBe(401)
    const { status, headers } = await test.ask(path, { headers: { Cookie: cookie } })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-length': String(png.length),
    })
    expect(
      (await test.ask(path.replace(`/${shop}/`, '/other/'), { headers: { Cookie: cookie } })).status,
    ).toBe(404)
  })

  it('plays from anywhere', async () => {
    const path = keep(png)
    const part = async (range: string) => {
      const { status, headers, body } = await test.ask(path, { headers: { Cookie: cookie, Range: range } })
      return [status, headers['content-range'], headers['content-length'], body.length > 0]
    }
    const size = png.length
    expect(await part('bytes=0-7')).toEqual([206, `bytes 0-7/${size}`, '8', true])
    expect(await part('bytes=60-')).toEqual([206, `bytes 60-${size - 1}/${size}`, String(size - 60), true])
    expect(await part('bytes=-4')).toEqual([206, `bytes ${size - 4}-${size - 1}/${size}`, '4', true])
    expect(await part(`bytes=10-${size * 5}`)).toEqual([
      206,
      `bytes 10-${size - 1}/${size}`,
      String(size - 10),
      true,
    ])
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, undefined, false])
    expect((await part('bytes=0-1,3-4'))[0]).toBe(200)
    expect((await part('bytes=5-2'))[0]).toBe(200)
    expect((await part('chickens=1-2'))[0]).toBe(200)
  })

  it.each([
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'],
    ['words', 'hola'],
    ['an archive', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
  ])('is a download where it is %s', async (_what, content) => {
    const { headers } = await test.ask(keep(content), { headers: { Cookie: cookie } })
    expect(headers['content-disposition']).toBe('attachment')
  })

  it('never runs', async () => {
    const path = keep('<!doctype html><html><body><script>alert(1)</script></body></html>')
    const { headers } = await test.ask(path, { headers: { Cookie: cookie } })
    expect(headers['content-disposition']).toBe('attachment')
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })
})

describe('a connection that does not speak the protocol', () => {
  it('is closed, and the others go on', async () => {
    const { socket } = await test.desk(cookie)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.send('hola')
    expect(await closed).toBe(1007)
    expect(await desk.session.me()).toMatchObject({ via: 'desk' })
  })
})
