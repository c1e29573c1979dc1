import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testLog } from '../../../tests/fixtures/host.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { fillRow, type Row } from '../../../tests/fixtures/rows.ts'
import { MediaStore } from '../media/service.ts'
import { withMutant } from '../mutants.ts'
import type { Sql, Tx } from '../storage/storage.ts'
import { copyBeforeUpgrade } from '../storage/upgrade-copy.ts'
import { CustomerErasure } from './erasure.ts'
import { erasurePlan } from './erasure-plan.ts'
import { referencesOf, tableNames } from './references.ts'
import { CustomerService } from './service.ts'

let way: MessageWay
let customers: CustomerService
let erasure: CustomerErasure
let media: MediaStore
beforeEach(() => {
  way = new MessageWay()
  const { storage, clock } = way.test
  customers = new CustomerService(storage)
  media = new MediaStore(join(way.test.dir, 'media'))
  const { conversations } = way
  const dropCopies = async () => rmSync(join(way.test.dir, 'exports'), { recursive: true, force: true })
  erasure = new CustomerErasure({
    storage,
    customers,
    conversations,
    media,
    clock,
    log: testLog(),
    dropCopies,
  })
})
afterEach(() => {
  erasure.stop()
  way.close()
})

function write<T>(work: (tx: Tx) => T): T {
  return way.test.storage.write('person:owner', work)
}

/** Stamps and actors: when, and which record, person or program; never what somebody said. */
const stamps = ['id', 'created_at', 'updated_at', 'deleted_at', 'created_by', 'updated_by']

function columnsOf(sql: Sql, table: string): { name: string; type: string; pk: number }[] {
  // What the pragma answers.
  return sql.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[]
}

/** Columns of a table that could hold words of a person. */
function freeColumns(sql: Sql, table: string): string[] {
  const keys = new Set(referencesOf(sql, table).map((reference) => reference.column))
  return columnsOf(sql, table)
    .filter(({ name, type }) => type !== 'INTEGER' && !stamps.includes(name) && !keys.has(name))
    .map((column) => column.name)
}

/** Tables from which a chain of references leads to a customer. */
function personalTables(sql: Sql): string[] {
  const found = new Set(['customers'])
  const all = tableNames(sql)
  for (let before = 0; before !== found.size; ) {
    before = found.size
    for (const table of all)
      if (referencesOf(sql, table).some((reference) => found.has(reference.to))) found.add(table)
  }
  return all.filter((table) => found.has(table))
}

describe('what is erased', () => {
  it('is settled for every table of the shop', () => {
    expect(Object.keys(erasurePlan).sort()).toEqual(tableNames(way.test.storage.sql).filter(isOwn).sort())
  })

  it('is settled for every text column of a table that it touches', () => {
    const { sql } = way.test.storage
    for (const [table, plan] of Object.entries(erasurePlan)) {
      if (plan.action !== 'overwrite') continue
      const free = freeColumns(sql, table)
      const figures = columnsOf(sql, table).filter((column) => column.type === 'INTEGER')
      const settled = [...Object.keys(plan.set), ...plan.keep]
        .filter((name) => !stamps.includes(name) && !figures.some((column) => column.name === name))
        .sort()
      expect([...new Set(settled)], `${table}: each once`).toEqual(settled)
      expect(settled, table).toEqual(free.sort())
    }
  })

  it('leaves out no table that refers to a person', () => {
    const left = personalTables(way.test.storage.sql).filter((table) => erasurePlan[table]?.action === 'none')
    // Which closing was told, and the stock and payments of an order: codes, ids and figures.
    expect(left).toEqual(['closed_notices'])
  })
})

describe('an erased person', () => {
  it('leaves nothing behind in any column that is not an id, a code or a figure', async () => {
    const { sql } = way.test.storage
    const person = fillEverything('Zyxomma')
    const other = fillEverything('Quillon')
    const tokens = tokensIn(sql, 'Zyxomma')
    expect(tokens.length).toBeGreaterThan(60)
    const before = tokensIn(sql, 'Quillon')
    await erasure.erase('person:owner', person, nameOf(person))
    const kept = Object.entries(erasurePlan).flatMap(([table, plan]) =>
      plan.action === 'overwrite' ? plan.keep.map((column) => `${table}.${column}`) : [],
    )
    expect(tokensIn(sql, 'Zyxomma').filter((place) => !kept.includes(place))).toEqual([])
    expect(tokensIn(sql, 'Quillon')).toEqual(before)
    expect(sql.pragma('foreign_key_check')).toEqual([])
    expect(customers.get(other)?.erasedAt).toBeNull()
    expect(customers.list({ limit: 10, offset: 0 }).items.map((item) => item.id)).not.toContain(person)
  })

  it('is forgotten under every id that a messenger gave them', async () => {
    write((tx) =>
      way.governor.knowChats(tx, way.accountId, [
        { chatId: '34600111222@c.us', name: 'Zyxomma in the address book', phone: '34600111222' },
        { chatId: '34600333444@c.us', name: 'Quillon', phone: '34600333444' },
      ]),
    )
    const from = { externalId: '9@lid', name: 'Zyxomma', isBot: false, phone: '34600111222' }
    way.receive('hola', { chatId: '9@lid', from })
    way.receive('hola', { chatId: '8@lid', from: { ...from, externalId: '8@lid', phone: '34600999888' } })
    const id = String(way.value("SELECT customer_id FROM conversations WHERE chat_id = '9@lid'"))
    await erasure.erase('person:owner', id, 'Zyxomma')
    expect(
      way.value("SELECT group_concat(name || phone, ', ') FROM chat_rules WHERE phone IS NOT NULL"),
    ).toBe('Quillon34600333444, 34600999888')
  })

  it('is noticed to be still there when the journal is forgotten', async () => {
    const person = fillEverything('Zyxomma')
    await withMutant('erasure.journal', () => erasure.erase('person:owner', person, nameOf(person)))
    expect(tokensIn(way.test.storage.sql, 'Zyxomma')).toContain('tool_calls.arguments')
  })

  it('leaves no byte in the files of the shop; what others use stays', async () => {
    const { conversationId } = way.receive('me llamo Zyxomma Quetzalbarrow, calle Brumalinde 77')
    way.engine.answer = () => [
      { type: 'text', delta: 'Hola, Zyxomma' },
      { type: 'end', state: { name: 'Zyxomma' }, language: 'es', formOfAddress: null },
    ]
    await way.runOpenTurn(conversationId)
    const { sql } = way.test.storage
    const id = String(way.value(`SELECT customer_id FROM conversations WHERE id = '${conversationId}'`))
    write((tx) => {
      customers.setName(tx, id, 'Zyxomma Quetzalbarrow')
      customers.saveAddress(tx, id, { address: 'calle Brumalinde 77' })
    })
    const photo = (text: string) => media.put(Readable.from([Buffer.from(`${text}\n`.repeat(50))]))
    const [own, shared] = [await photo('Brumalinde'), await photo('catalogue')]
    const message = String(way.value('SELECT id FROM messages LIMIT 1'))
    write((tx) => {
      for (const { hash } of [own, shared])
        fillRow(tx.sql, 'attachments', { message_id: message, media_hash: hash, state: 'stored' })
      fillRow(tx.sql, 'product_images', { media_hash: shared.hash })
    })
    // Words that were overwritten or deleted before leave traces in the file, too.
    for (let index = 0; index < 300; index++)
      write(() =>
        sql
          .prepare('UPDATE conversations SET dialogue_state = ? WHERE id = ?')
          .run(JSON.stringify({ note: `Zyxomma ${'x'.repeat(index * 7)}` }), conversationId),
      )
    mkdirSync(join(way.test.dir, 'exports'))
    writeFileSync(join(way.test.dir, 'exports', 'waiting'), 'Zyxomma')
    copyBeforeUpgrade(sql.name, 99, new Date('2026-03-02T10:00:00Z'))
    const inCopies = ['exports/waiting', 'backups/before-v99-2026-03-02.db']
    expect(filesWith('Zyxomma')).toEqual(expect.arrayContaining(inCopies))
    sql.pragma('wal_checkpoint(TRUNCATE)')
    expect(filesWith('Zyxomma')).toContain('shop.db')
    expect(filesWith('Brumalinde')).not.toEqual([])
    await erasure.erase('person:owner', id, 'zyxomma quetzalbarrow')
    for (const token of ['Zyxomma', 'zyxomma', 'Quetzalbarrow', 'quetzalbarrow', 'Brumalinde', 'brumalinde'])
      expect(filesWith(token), token).toEqual([])
    expect(media.path(own.hash)).toBeNull()
    expect(media.path(shared.hash)).not.toBeNull()
    expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('who writes again is somebody new', async () => {
    const first = way.receive('hola')
    const id = String(way.value('SELECT customer_id FROM conversations'))
    await erasure.erase('person:owner', id, 'Ana')
    const again = way.receive('hola de nuevo')
    expect(again.conversationId).not.toBe(first.conversationId)
    expect(customers.list({ limit: 10, offset: 0 })).toMatchObject({ total: 1, items: [{ name: 'Ana' }] })
    expect(way.turns.openOf(first.conversationId)).toBeNull()
    expect(way.turns.openOf(again.conversationId)).not.toBeNull()
    await expect(erasure.erase('person:owner', id, '')).rejects.toThrow('customer.erased')
    expect(() => write((tx) => customers.update(tx, id, { name: 'Ana' }))).toThrow('customer.erased')
  })

  it('who is answered just now gets no answer, and none of it is written down', async () => {
    const { conversationId } = way.receive('hola, soy Zyxomma')
    const id = String(way.value('SELECT customer_id FROM conversations'))
    way.engine.answer = async () => {
      await erasure.erase('person:owner', id, 'Ana')
      return [
        { type: 'text', delta: 'Hola, Zyxomma' },
        { type: 'end', state: {}, language: 'es', formOfAddress: null },
      ]
    }
    await expect(way.runOpenTurn(conversationId)).rejects.toThrow('turn.epoch_changed')
    expect(tokensIn(way.test.storage.sql, 'Zyxomma')).toEqual([])
    expect(way.channel.sent).toEqual([])
  })

  it('must be named, and have no open order', async () => {
    const id = write((tx) => customers.create(tx, { name: 'Ana Pérez' }))
    await expect(erasure.erase('person:owner', id, 'Ana')).rejects.toThrow('customer.confirm_name')
    const order = write((tx) => fillRow(tx.sql, 'orders', { customer_id: id, state: 'shipped' }))
    await expect(erasure.erase('person:owner', id, 'ana perez')).rejects.toThrow('customer.open_orders')
    write((tx) => tx.sql.prepare("UPDATE orders SET state = 'delivered' WHERE id = ?").run(order.id))
    await erasure.erase('person:owner', id, 'ana perez')
    expect(way.value(`SELECT total FROM orders WHERE id = '${order.id}'`)).toBe(order.total)
  })

  it('goes with every record that was merged into theirs', async () => {
    const ana = write((tx) => customers.create(tx, { name: 'Ana', notes: 'Zyxomma uno' }))
    const other = write((tx) => customers.create(tx, { name: 'Ana', notes: 'Zyxomma dos' }))
    write((tx) => customers.merge(tx, ana, other))
    const [merge] = customers.detail(ana).merges
    await erasure.erase('person:owner', other, 'Ana')
    expect(tokensIn(way.test.storage.sql, 'Zyxomma')).toEqual([])
    expect(() => write((tx) => customers.undoMerge(tx, merge?.id ?? ''))).toThrow('customer.erased')
  })

  it('is finished after a crash between the commit and the files', async () => {
    const { hash } = await media.put(Readable.from([Buffer.from('Brumalinde\n')]))
    write((tx) => {
      tx.sql
        .prepare(
          "INSERT INTO settings (key, value, updated_at, updated_by) VALUES ('customers.erasure', ?, '', '')",
        )
        .run(JSON.stringify({ media: [hash] }))
    })
    await erasure.finish()
    expect(media.path(hash)).toBeNull()
    expect(way.value("SELECT count(*) FROM settings WHERE key = 'customers.erasure'")).toBe(0)
  })

  it('is finished later when somebody is reading', async () => {
    const id = write((tx) => customers.create(tx, { name: 'Ana' }))
    way.test.storage.sql.pragma('busy_timeout = 20')
    const reader = new Database(join(way.test.dir, 'shop.db'), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM customers').get()
    await erasure.erase('person:owner', id, 'Ana')
    expect(way.value("SELECT count(*) FROM settings WHERE key = 'customers.erasure'")).toBe(1)
    reader.close()
    await erasure.finish()
    expect(way.value("SELECT count(*) FROM settings WHERE key = 'customers.erasure'")).toBe(0)
  })
})

/** Tables of the shop itself; those behind text search belong to it. */
function isOwn(table: string): boolean {
  return !table.startsWith('search_text')
}

/** A row in every table that refers to a person, each free text of it with the token, and its traces in the audit log. */
function fillEverything(token: string): string {
  return write((tx) => {
    const { sql } = tx
    const personal = personalTables(sql)
    const own: Record<string, Row> = {}
    const text = (table: string, column: string) =>
      stamps.includes(column) || column === 'erased_at' ? null : `${token} ${table} ${column}`
    const done = new Set<string>()
    const add = (table: string): void => {
      if (done.has(table)) return
      done.add(table)
      const given: Row = {}
      for (const { column, to } of referencesOf(sql, table)) {
        if (!(personal.includes(to) || to === 'cards') || to === table) continue
        add(to)
        if (own[to]?.id !== undefined) given[column] = own[to].id
      }
      if (table === 'conversations') given.channel_account_id = way.accountId
      if (table === 'orders') Object.assign(given, { state: 'delivered', number: `A-${token.charCodeAt(0)}` })
      if (table === 'cards') {
        add('turns')
        given.turn_id = own.turns?.id ?? null
      }
      own[table] = fillRow(sql, table, given, text)
      if (own[table]?.id !== undefined)
        fillRow(sql, 'audit_log', {
          entity: table,
          entity_id: own[table].id,
          changes: JSON.stringify({ text: `${token} of ${table}` }),
        })
    }
    for (const table of [...personal, 'cards', 'owner_notices']) add(table)
    return String(own.customers?.id)
  })
}

function nameOf(id: string): string {
  return String(way.value(`SELECT name FROM customers WHERE id = '${id}'`))
}

/** Where a word still stands, as `table.column`, in any table there is. */
function tokensIn(sql: Sql, token: string): string[] {
  return tableNames(sql)
    .flatMap((table) => columnsOf(sql, table).map(({ name }) => ({ table, name })))
    .filter(
      ({ table, name }) =>
        sql
          .prepare(`SELECT 1 FROM ${table} WHERE instr(lower(CAST("${name}" AS TEXT)), ?) > 0 LIMIT 1`)
          .get(token.toLowerCase()) !== undefined,
    )
    .map(({ table, name }) => `${table}.${name}`)
}

/** Files of the shop's folder whose bytes hold a word. */
function filesWith(token: string): string[] {
  const { dir } = way.test
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const path = join(dir, file)
    return statSync(path).isFile() && readFileSync(path).includes(token)
  })
}
