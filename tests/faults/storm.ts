import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../main/core/app.ts'
import type { ProbePoint } from '../../main/core/host.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'
import { Buyers } from './buyers.ts'
import { seededRandom } from './random.ts'
import { judge, type Script, type StormReport } from './report.ts'
import { finish, killedIn, mostDeaths, type ServingOptions } from './serving.ts'

export const allWindows: readonly ProbePoint[] = [
  'receive.before_commit',
  'answer.journaled',
  'call.committed',
  'outbox.claimed',
  'outbox.handed_over',
]

/**
 * Inside the unit of work of an effect: it is rolled back and done again, so a turn that dies here without a rest in
 * between soon has died too often. Only buyers die here.
 */
export const insideEffect: ProbePoint = 'call.before_commit'

export interface StormOptions extends ServingOptions {
  customers: number
  messagesEach: number
  killsPerWindow: number
  seed: number
  /** Windows to die in; all of them when absent. */
  windows?: readonly ProbePoint[]
  /** How many of the customers go on to buy what is in their cart. */
  buyers?: number
  onProgress?: (line: string) => void
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
    /** A turn that dies a third time is given to a person, as it should be; the storm is about all others. */
    const rest = async () => {
      if (mostDeaths(data) >= 2) await finish(data, telegram, options)
    }
    const steps = options.killsPerWindow * windows.length
    for (let step = 0; step < steps; step++) {
      const window = windows[step % windows.length]
      if (window === undefined) break
      // A part of what is to be said goes out before each kill, so that every window has work to die in.
      speak(Math.ceil(((step + 1) / steps) * total))
      const nth = 1 + Math.floor(random() * 3)
      if (await killedIn(data, telegram, window, nth, options)) kills[window] = (kills[window] ?? 0) + 1
      options.onProgress?.(`killed in ${window} (${nth})`)
      await rest()
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
      if (await killedIn(data, telegram, window, 1, options)) kills[window] = (kills[window] ?? 0) + 1
      options.onProgress?.(`killed in ${window} (1), more work`)
      await rest()
    }
    await finish(data, telegram, options)
    const buyers = new Buyers(people.slice(0, options.buyers ?? 0), scripts)
    if (buyers.chats.length > 0) {
      // Some begin to pay while others say yes to what they have read, and the process dies under both. Between two
      // deaths everything is answered, so that there is a summary to say yes to.
      const rounds = Math.max(1, Math.floor(options.killsPerWindow / 3))
      const [first, ...others] = windows
      const deaths = Array.from({ length: rounds }, () => [first, insideEffect, ...others])
        .flat()
        .filter((window) => window !== undefined)
      kills[insideEffect] = 0
      for (const window of deaths) {
        // Whoever says yes comes first: the first effect is then an order.
        buyers.answer()
        buyers.ask(Math.ceil(buyers.chats.length / deaths.length))
        const nth = window === insideEffect ? 1 : 1 + Math.floor(random() * 2)
        if (await killedIn(data, telegram, window, nth, options)) kills[window] = (kills[window] ?? 0) + 1
        options.onProgress?.(`killed in ${window} (${nth}), buying`)
        await finish(data, telegram, options)
      }
      await finish(data, telegram, options, buyers)
    }
    return judge(data, telegram, scripts, buyers.chats, kills, performance.now() - started)
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
      variants: [
        { sku: 'CAF-1', price: { kind: 'exact', amount: 450 }, stock: { tracked: true, onHand: 100_000 } },
      ],
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
    shop.selling.set(tx, { ask: { name: false, phone: false, payment: false } })
    shop.knowledge.setProfile(tx, { hours: { mon: [['09:00', '14:00']], tue: [['09:00', '14:00']] } })
  })
  await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
  await app.stop()
}
