import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Trouble } from '../../preload/contract/shell.ts'
import type { FakeWhatsApp } from '../fakes/whatsapp/server.ts'
import { startWhatsApp } from '../fakes/whatsapp/server.ts'
import { type DeskHand, openDesk } from '../fixtures/desk-hand.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts'
import { openReadOnly } from './serving.ts'

export interface DesktopStormOptions {
  /** In each: the model's process, WhatsApp's process and the whole app are killed, one after the other. */
  rounds: number
  /** Who write around each kill. */
  customers: number
  onProgress?: (line: string) => void
}

export interface DesktopReport {
  customers: number
  rounds: number
  /** What must be zero. */
  faults: {
    lost: number
    repeated: number
    wrong: number
    failedDeskCalls: number
    notNoted: number
  }
  /** Customers whose answer the model was writing when it was killed, and whom the next engine answered. */
  answeredByNext: number
  /** From the kill to that answer at the customer, ms. */
  nextEngineMs: number[]
  /** From the kill until the model answers again, ms: it rests for ten seconds after it has failed. */
  modelBackMs: number[]
  /** From the kill until the account is ready again, ms. */
  whatsappBackMs: number[]
  /** From the start after a kill until the desk can be used, and until the account is ready, ms. */
  appBackMs: number[]
  appReadyMs: number[]
  /** Calls of the desk while parts were dead, and the longest of them, ms. */
  deskCalls: number
  longestDeskCallMs: number
  /** Sends whose end is not known: shown to the owner, never repeated. */
  unknown: number
  seconds: number
}

const question = '¿cuánto cuesta la hogaza de centeno?'
/** What the model says; the built-in engine has other words for it. */
const modelSays = 'La hogaza de centeno cuesta 4,25 €.'
/** Whoever writes this has the model write until it is ended. */
const slowly = `${question} sin prisa`
const price = /4,25/

/**
 * Kills the parts of the desktop app while customers write, and compares what they got with what they asked. The app's
 * own entry runs on the stand-in of Electron; model, WhatsApp's library, browser and the way of the messages are real.
 */
export async function runDesktopStorm(options: DesktopStormOptions): Promise<DesktopReport> {
  const storm = new DesktopStorm(options)
  const began = performance.now()
  try {
    await storm.prepare()
    for (let round = 1; round <= options.rounds; round++) {
      await storm.killModel()
      await storm.killWhatsApp()
      await storm.killApp()
    }
    return await storm.judge((performance.now() - began) / 1_000)
  } finally {
    await storm.close()
  }
}

class DesktopStorm {
  readonly #options: DesktopStormOptions
  readonly #desktop = new TestDesktop()
  /** Set by `prepare`, before anything else is called. */
  #whatsapp!: FakeWhatsApp
  #desk!: DeskHand
  #app!: ChildProcess
  #shop = ''
  #account = ''
  #people = 5_491_155_500_000
  /** Who asked, each once. */
  readonly #asked: string[] = []
  readonly #figures = {
    nextEngineMs: [] as number[],
    modelBackMs: [] as number[],
    whatsappBackMs: [] as number[],
    appBackMs: [] as number[],
    appReadyMs: [] as number[],
    deskCalls: 0,
    longestDeskCallMs: 0,
    failedDeskCalls: 0,
    answeredByNext: 0,
  }

  constructor(options: DesktopStormOptions) {
    this.#options = options
  }

  async prepare(): Promise<void> {
    this.#whatsapp = await startWhatsApp()
    await this.#open()
    const { client } = this.#desk
    const { slug } = await client.shops.create({ name: 'Tormenta', currency: 'EUR', locale: 'es-ES' })
    this.#shop = slug
    await client.catalog.create({
      shop: slug,
      product: {
        name: 'Hogaza de centeno',
        variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 425 } }],
      },
    })
    const file = join(this.#desktop.base, 'scripted.gguf')
    writeScriptedModel(file, {
      contextTokens: 16_384,
      replies: [
        { on: null, say: '¿En qué puedo ayudarte?' },
        { on: 'hogaza de centeno', say: modelSays },
        { on: 'sin prisa', endless: 'uno dos tres ' },
      ],
    })
    await client.engines.addLocal({ shop: slug, file })
    const { id } = await client.channels.addWhatsApp({
      shop: slug,
      riskAccepted: true,
      browser: this.#whatsapp.chrome,
    })
    this.#account = id
    await client.channels.setRules({ shop: slug, channelAccountId: id, rules: { humanPace: false } })
    await this.#whatsapp.scan()
    await this.#untilReady()
    // The session is on the disk once the browser was closed properly.
    await this.#desktop.quit(this.#app)
    await this.#open()
    await this.#untilReady()
    await this.#answered(this.#ask())
    this.#say('ready')
  }

  /** The model dies in the middle of an answer, with others behind it. */
  async killModel(): Promise<void> {
    const waiting = this.#ask(slowly)
    await this.#desk.until(
      async (client) => (await client.models.host({})).state === 'busy',
      'the model writing',
    )
    this.#burst()
    const killed = await this.#kill('models')
    await this.#whileDeskAnswers(async () => {
      await this.#answered(waiting)
      this.#figures.nextEngineMs.push(performance.now() - killed)
      if (this.#replies(waiting)[0]?.includes(modelSays) === false) this.#figures.answeredByNext += 1
      await this.#allAnswered()
      let reply = ''
      while (!reply.includes(modelSays)) reply = this.#replies(await this.#answered(this.#ask())).join()
      this.#figures.modelBackMs.push(performance.now() - killed)
    })
    this.#say(`model killed and back after ${this.#figures.modelBackMs.at(-1)?.toFixed(0)} ms`)
  }

  async killWhatsApp(): Promise<void> {
    this.#burst()
    await this.#someAnswered()
    this.#burst()
    const killed = await this.#kill('WhatsApp')
    await this.#whileDeskAnswers(async () => {
      await this.#desk.until(async () => !(await this.#isReady()), 'the end of the account')
      await this.#untilReady()
      this.#figures.whatsappBackMs.push(performance.now() - killed)
      await this.#allAnswered()
    })
    this.#say(`WhatsApp killed and back after ${this.#figures.whatsappBackMs.at(-1)?.toFixed(0)} ms`)
  }

  async killApp(): Promise<void> {
    this.#burst()
    await this.#someAnswered()
    this.#burst()
    await this.#desktop.kill(this.#app)
    await this.#desk.close()
    // Some write while nobody is there.
    this.#ask()
    const began = performance.now()
    await this.#open()
    this.#figures.appBackMs.push(performance.now() - began)
    await this.#untilReady()
    this.#figures.appReadyMs.push(performance.now() - began)
    await this.#allAnswered()
    this.#say(`app killed and back after ${this.#figures.appBackMs.at(-1)?.toFixed(0)} ms`)
  }

  async judge(seconds: number): Promise<DesktopReport> {
    await this.#allAnswered()
    await this.#desk.until(async () => this.#value(openWork) === 0, 'rest')
    const unknown = Number(this.#value("SELECT count(*) FROM outbox WHERE state = 'unknown'"))
    const texts = this.#asked.map((chat) => this.#replies(chat))
    const { answeredByNext, failedDeskCalls, ...figures } = this.#figures
    const report: DesktopReport = {
      customers: this.#asked.length,
      rounds: this.#options.rounds,
      faults: {
        lost: texts.filter((replies) => replies.length === 0).length,
        repeated: texts.filter((replies) => replies.length > 1).length,
        wrong: texts.filter(([reply]) => reply !== undefined && !price.test(reply)).length,
        failedDeskCalls,
        notNoted: await this.#notNoted(),
      },
      answeredByNext,
      ...figures,
      unknown,
      seconds,
    }
    await this.#desktop.quit(this.#app)
    return report
  }

  async close(): Promise<void> {
    await this.#desk?.close()
    await this.#desktop.close()
    await this.#whatsapp?.close()
  }

  async #open(): Promise<void> {
    this.#app = await this.#desktop.open({ browser: 'none' })
    this.#desk = await openDesk(this.#desktop.dataFolder)
  }

  /** Somebody new writes; gives the chat. */
  #ask(text = question): string {
    const chat = String(this.#people++)
    this.#asked.push(chat)
    this.#whatsapp.customerSays(chat, text)
    return chat
  }

  #burst(): void {
    for (let count = 0; count < this.#options.customers / 2; count++) this.#ask()
  }

  async #answered(chat: string): Promise<string> {
    await this.#whatsapp.until(() => this.#replies(chat).length > 0, `an answer to ${chat}`, 60_000)
    return chat
  }

  async #someAnswered(): Promise<void> {
    const before = this.#whatsapp.sent.length
    await this.#whatsapp.until(() => this.#whatsapp.sent.length > before, 'an answer', 60_000)
  }

  /** All that asked so far: what is in a send whose end is not known never comes. */
  async #allAnswered(): Promise<void> {
    const missing = () => this.#asked.filter((chat) => this.#replies(chat).length === 0)
    const done = () =>
      missing().length <= Number(this.#value("SELECT count(*) FROM outbox WHERE state = 'unknown'"))
    try {
      await this.#desk.until(async () => done(), 'all answers', 60_000)
    } catch (error) {
      throw new Error(`${String(error)}: ${missing().join(' ')}\n${this.#desktop.said}`)
    }
  }

  #replies(chat: string): string[] {
    return this.#whatsapp.sentTo(chat).map(({ text }) => text ?? '')
  }

  async #untilReady(): Promise<void> {
    await this.#desk.until(() => this.#isReady(), 'the account ready', 90_000)
  }

  async #isReady(): Promise<boolean> {
    const accounts = await this.#desk.client.channels.list({ shop: this.#shop })
    return accounts.find(({ id }) => id === this.#account)?.state.state === 'ready'
  }

  async #kill(part: string): Promise<number> {
    const { utilityProcesses } = await this.#desktop.control.state()
    const found = utilityProcesses.find(({ name }) => name.endsWith(part))
    if (found === undefined) throw new Error(`no process of ${part}`)
    process.kill(found.pid, 'SIGKILL')
    return performance.now()
  }

  /** The owner looks at conversations all the while. */
  async #whileDeskAnswers(work: () => Promise<void>): Promise<void> {
    let isOver = false
    const looking = this.#look(() => isOver)
    try {
      await work()
    } finally {
      isOver = true
      await looking
    }
  }

  async #look(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const began = performance.now()
      try {
        await this.#desk.client.conversations.list({ shop: this.#shop })
        this.#figures.deskCalls += 1
      } catch {
        this.#figures.failedDeskCalls += 1
      }
      this.#figures.longestDeskCallMs = Math.max(this.#figures.longestDeskCallMs, performance.now() - began)
      await pause(20)
    }
  }

  /** Kills that the list of troubles does not name, or names as if they still lasted. */
  async #notNoted(): Promise<number> {
    const { troubles } = await this.#desk.client.shell.state()
    const healed = (part: Trouble['part']) =>
      troubles.filter((trouble) => trouble.part === part && trouble.healedAt !== null).length
    const parts: Trouble['part'][] = ['models', 'whatsapp', 'app']
    return parts.reduce((sum, part) => sum + Math.max(0, this.#options.rounds - healed(part)), 0)
  }

  #value(source: string): unknown {
    const sql = openReadOnly(this.#desktop.dataFolder)
    try {
      return sql.prepare(source).pluck().get()
    } finally {
      sql.close()
    }
  }

  #say(line: string): void {
    this.#options.onProgress?.(line)
  }
}

/** The figures of a storm, a line each. */
export function describeDesktopStorm(report: DesktopReport): string {
  const ms = (times: readonly number[]) => times.map((time) => Math.round(time)).join(' ')
  return [
    `desktop: ${report.customers} customers, ${report.rounds} × model, WhatsApp and app killed, ${report.seconds.toFixed(0)} s`,
    `  lost ${report.faults.lost} · repeated ${report.faults.repeated} · wrong ${report.faults.wrong} · ends not known ${report.unknown}`,
    `  model killed in mid-answer: the next engine answered after ${ms(report.nextEngineMs)} ms; the model answers again after ${ms(report.modelBackMs)} ms`,
    `  WhatsApp killed: ready again after ${ms(report.whatsappBackMs)} ms`,
    `  app killed: desk usable ${ms(report.appBackMs)} ms after its start, WhatsApp ready after ${ms(report.appReadyMs)} ms`,
    `  desk meanwhile: ${report.deskCalls} calls, ${report.faults.failedDeskCalls} failed, the longest ${report.longestDeskCallMs.toFixed(0)} ms`,
  ].join('\n')
}

const openWork = `SELECT (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))
  + (SELECT count(*) FROM turns WHERE state NOT IN ('done', 'failed', 'cancelled'))`
