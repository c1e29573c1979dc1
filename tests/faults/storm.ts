import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createApp } from '../../main/core/app.ts'
import type { ProbePoint } from '../../main/core/host.ts'
import type { MutantName } from '../../main/core/mutants.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'
import { seededRandom } from './random.ts'

export const allWindows: readonly ProbePoint[] = [
  'receive.before_commit',
  'answer.journaled',
  'call.committed',
  'outbox.claimed',
  'outbox.handed_over',
]

export interface StormOptions {
  customers: number
  messagesEach: number
  killsPerWindow: number
  seed: number
  /** Windows to die in; all of them when absent. */
  windows?: readonly ProbePoint[]
  /** A guard to switch off in the process that serves. */
  mutant?: MutantName
  onProgress?: (line: string) => void
}

export interface StormReport {
  messages: number
  customers: number
  kills: Record<string, number>
  /** What must be zero. */
  faults: {
    lostMessages: number
    repeatedMessages: number
    messagesWithoutTurn: number
    messagesInSeveralTurns: number
    openTurns: number
    wrongCarts: number
    repeatedSends: number
    sentButNotRecorded: number
    recordedButNotSent: number
    stuckSends: number
  }
  sent: number
  unknown: number
  unknownThatArrived: number
  seconds: number
}

interface Script {
  text: string
  /** What it adds to the cart: SKU and quantity. */
  adds?: { sku: string; quantity: number }
}

/** What each customer says: one addition, which a repeat would double, among questions. */
function scriptFor(customer: number, count: number): Script[] {
  const quantity = 1 + (customer % 3)
  const lines: Script[] = [
    { text: 'Hola, buenas' },
    { text: '¿Tienen café molido?' },
    { text: `Añade ${quantity} de café molido al carrito`, adds: { sku: 'CAF-1', quantity } },
    { text: '¿Cuánto cuesta la miel de azahar?' },
    { text: '¿A qué hora abren?' },
  ]
  return Array.from({ length: count }, (_, index) => lines[index % lines.length] ?? { text: 'Gracias' })
}

/**
 * Customers write while the serving process is killed again and again. The Bot API server's own log says what really
 * reached them; the database says what the shop believes.
 */
export async function runStorm(options: StormOptions): Promise<StormReport> {
  const started = performance.now()
  const random = seededRandom(options.seed)
  const data = mkdtempSync(join(tmpdir(), 'mostrador-storm-'))
  const telegram = await FakeTelegram.start()
  try {
    await prepare(data, telegram)
    const scripts = new Map<number, Script[]>()
    const people = Array.from({ length: options.customers }, (_, index) => {
      const id = 50_000 + index
      scripts.set(id, scriptFor(index, options.messagesEach))
      return telegram.customer({ id, name: `Cliente ${index}` })
    })
    const windows = options.windows ?? allWindows
    const kills: Record<string, number> = Object.fromEntries(windows.map((window) => [window, 0]))
    const total = options.customers * options.messagesEach
    let spoken = 0
    /** Everybody's first message, then everybody's second… up to the `until`-th of all. */
    const speak = (until: number) => {
      for (; spoken < until; spoken++) {
        const person = people[spoken % options.customers]
        const line = scripts.get(person?.chatId ?? 0)?.[Math.floor(spoken / options.customers)]
        person?.say(line?.text ?? 'Gracias')
      }
    }
    const steps = options.killsPerWindow * windows.length
    for (let step = 0; step < steps; step++) {
      const window = windows[step % windows.length]
      if (window === undefined) break
      // A part of what is to be said goes out before each kill, so that every window has work to die in.
      speak(Math.ceil(((step + 1) / steps) * total))
      const nth = 1 + Math.floor(random() * 3)
      if (await killedIn(data, window, nth, options)) kills[window] = (kills[window] ?? 0) + 1
      options.onProgress?.(`killed in ${window} (${nth})`)
    }
    speak(total)
    // A window that had too little to die in gets more work: another customer.
    for (let extra = 0; extra < steps; extra++) {
      const window = windows.find((candidate) => (kills[candidate] ?? 0) < options.killsPerWindow)
      if (window === undefined) break
      const script = scriptFor(extra, options.messagesEach)
      const person = telegram.customer({ id: 90_000 + extra, name: `Refuerzo ${extra}` })
      scripts.set(person.chatId, script)
      for (const line of script) person.say(line.text)
      if (await killedIn(data, window, 1, options)) kills[window] = (kills[window] ?? 0) + 1
      options.onProgress?.(`killed in ${window} (1), more work`)
    }
    await finish(data, telegram, options)
    return judge(data, telegram, options, scripts, kills, performance.now() - started)
  } finally {
    await telegram.close()
    rmSync(data, { recursive: true, force: true })
  }
}

/** A shop with a small catalog and a bot that is connected to the stand-in server. */
async function prepare(data: string, telegram: FakeTelegram): Promise<void> {
  const app = await createApp({ serve: false }, createTestHost(data))
  const shop = await app.shops.create({ name: 'Tormenta', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Café molido',
      category: 'Café',
      variants: [{ sku: 'CAF-1', price: { kind: 'exact', amount: 450 } }],
    })
    shop.catalog.create(tx, {
      name: 'Miel de azahar',
      category: 'Miel',
      variants: [{ sku: 'MIE-1', price: { kind: 'exact', amount: 790 } }],
    })
    shop.catalog.create(tx, {
      name: 'Pan de centeno',
      category: 'Pan',
      variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 320 } }],
    })
    shop.knowledge.setProfile(tx, { hours: { mon: [['09:00', '14:00']], tue: [['09:00', '14:00']] } })
  })
  await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
  await app.stop()
}

function spawn(
  data: string,
  window: ProbePoint | 'none',
  times: number,
  mutant: MutantName | undefined,
): ChildProcess {
  return fork(join(import.meta.dirname, 'serve-and-die.ts'), [data, window, String(times)], {
    env: { ...process.env, NODE_ENV: 'test', ...(mutant === undefined ? {} : { MOSTRADOR_MUTANT: mutant }) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  })
}

/** Serves until the process has died in that window. False when there was nothing to die in. */
async function killedIn(
  data: string,
  window: ProbePoint,
  times: number,
  options: StormOptions,
): Promise<boolean> {
  const child = spawn(data, window, times, options.mutant)
  const died = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  )
  const idle = new AbortController()
  let gaveUp = false
  const ready = new Promise<void>((resolve) => {
    child.once('message', () => resolve())
    child.once('exit', () => resolve())
  })
  const quiet = ready
    .then(() => whenQuiet(data, 2_000, idle.signal))
    .then(() => {
      gaveUp = !idle.signal.aborted
      child.kill('SIGKILL')
    })
  const signal = await died
  const inWindow = signal === 'SIGKILL' && !gaveUp
  idle.abort()
  await quiet
  return inWindow
}

/** Resolves when the database has not changed for a while: then no window will be passed any more. */
async function whenQuiet(data: string, ms: number, signal: AbortSignal): Promise<void> {
  let seen = ''
  let since = performance.now()
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const state = progressOf(data)
    if (state !== seen) {
      seen = state
      since = performance.now()
    } else if (performance.now() - since > ms) return
  }
}

function progressOf(data: string): string {
  const sql = openReadOnly(data)
  try {
    return JSON.stringify(
      sql
        .prepare(
          'SELECT (SELECT max(seq) FROM events) AS events, (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM turn_steps) AS steps',
        )
        .get(),
    )
  } finally {
    sql.close()
  }
}

/** Serves undisturbed until everything is answered. */
async function finish(data: string, telegram: FakeTelegram, options: StormOptions): Promise<void> {
  const child = spawn(data, 'none', 1, options.mutant)
  const stop = new AbortController()
  const limit = setTimeout(() => stop.abort(), 120_000)
  try {
    while (!stop.signal.aborted && !(await everythingAnswered(data, telegram))) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } finally {
    clearTimeout(limit)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
}

async function everythingAnswered(data: string, telegram: FakeTelegram): Promise<boolean> {
  if (telegram.updates.unconfirmed.length > 0) return false
  const sql = openReadOnly(data)
  try {
    const open = sql.prepare("SELECT count(*) FROM turns WHERE state IN ('pending', 'running')").pluck().get()
    const queued = sql
      .prepare("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')")
      .pluck()
      .get()
    return open === 0 && queued === 0
  } finally {
    sql.close()
  }
}

function openReadOnly(data: string): Database.Database {
  return new Database(join(data, 'shops', 'tormenta', 'shop.db'), { readonly: true, timeout: 5_000 })
}

interface MessageRow {
  chat_id: string
  seq: number
  external_id: string
  turns: number
}

function judge(
  data: string,
  telegram: FakeTelegram,
  options: StormOptions,
  scripts: Map<number, Script[]>,
  kills: Record<string, number>,
  ms: number,
): StormReport {
  const sql = openReadOnly(data)
  try {
    const messages = sql
      .prepare<[], MessageRow>(
        `SELECT m.chat_id, m.seq, m.external_id, (SELECT count(*) FROM turns t WHERE t.conversation_id = m.conversation_id
           AND m.seq BETWEEN t.first_message_seq AND t.last_message_seq) AS turns
         FROM messages m WHERE m.author = 'customer'`,
      )
      .all()
    const expected = scripts.size * options.messagesEach
    const distinct = new Set(
      messages.map((message) => `${message.chat_id} ${message.external_id.replace(/#.*/, '')}`),
    ).size
    const carts = sql
      .prepare<[], { chat_id: string; sku: string; quantity: number }>(
        `SELECT c.chat_id, v.sku, l.quantity FROM cart_lines l JOIN carts k ON k.id = l.cart_id JOIN conversations c ON c.id = k.conversation_id
         JOIN variants v ON v.id = l.variant_id WHERE l.deleted_at IS NULL`,
      )
      .all()
    let wrongCarts = 0
    for (const [chatId, script] of scripts) {
      const wanted = script.reduce((sum, line) => sum + (line.adds?.quantity ?? 0), 0)
      const lines = carts.filter((line) => line.chat_id === String(chatId))
      const got = lines.reduce((sum, line) => sum + line.quantity, 0)
      if (got !== wanted || lines.length > 1) wrongCarts += 1
    }
    const rows = sql
      .prepare<[], { state: string; chat_id: string; text: string | null; external_id: string | null }>(
        `SELECT o.state, c.chat_id, json_extract(o.payload, '$.text') AS text, o.external_id FROM outbox o JOIN conversations c ON c.id = o.conversation_id`,
      )
      .all()
    const arrived = new Map<string, number>()
    for (const sent of telegram.sent) add(arrived, `${sent.chatId} ${sent.text}`)
    const believed = new Map<string, number>()
    const unknown = new Map<string, number>()
    for (const row of rows) {
      if (row.state === 'sent') add(believed, `${row.chat_id} ${row.text}`)
      if (row.state === 'unknown') add(unknown, `${row.chat_id} ${row.text}`)
    }
    let repeatedSends = 0
    let sentButNotRecorded = 0
    let recordedButNotSent = 0
    let unknownThatArrived = 0
    for (const key of new Set([...arrived.keys(), ...believed.keys(), ...unknown.keys()])) {
      const there = arrived.get(key) ?? 0
      const sure = believed.get(key) ?? 0
      const unsure = unknown.get(key) ?? 0
      if (there < sure) recordedButNotSent += sure - there
      if (there > sure + unsure) {
        if (sure + unsure > 0) repeatedSends += there - sure - unsure
        else sentButNotRecorded += there
      }
      unknownThatArrived += Math.max(0, Math.min(unsure, there - sure))
    }
    return {
      messages: expected,
      customers: scripts.size,
      kills,
      faults: {
        lostMessages: expected - distinct,
        repeatedMessages: messages.length - distinct,
        messagesWithoutTurn: messages.filter((message) => message.turns === 0).length,
        messagesInSeveralTurns: messages.filter((message) => message.turns > 1).length,
        openTurns: Number(
          sql
            .prepare("SELECT count(*) FROM turns WHERE state IN ('pending', 'running', 'failed')")
            .pluck()
            .get(),
        ),
        wrongCarts,
        repeatedSends,
        sentButNotRecorded,
        recordedButNotSent,
        stuckSends: rows.filter(
          (row) => row.state === 'queued' || row.state === 'sending' || row.state === 'failed',
        ).length,
      },
      sent: telegram.sent.length,
      unknown: [...unknown.values()].reduce((sum, count) => sum + count, 0),
      unknownThatArrived,
      seconds: Math.round(ms / 100) / 10,
    }
  } finally {
    sql.close()
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The lines that a person reads after a storm. */
export function describeStorm(report: StormReport): string {
  const kills = Object.entries(report.kills).map(([window, count]) => `${window} ${count}`)
  const faults = Object.entries(report.faults).map(([fault, count]) => `${fault} ${count}`)
  return [
    `${report.messages} messages from ${report.customers} customers in ${report.seconds} s`,
    `kills: ${kills.join(', ')}`,
    `sent ${report.sent}, unknown ${report.unknown} (of which arrived ${report.unknownThatArrived})`,
    `faults: ${faults.join(', ')}`,
  ].join('\n')
}
