import type { Engine } from '../engines/engine.ts'
import { isDomainError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Shop } from '../shops/shop.ts'
import type { CaseResult, ExamCase, ExamReport, PlayedTurn, Stage } from './exam.ts'
import { ExaminedEngine } from './examined-engine.ts'
import { judgeCase } from './judge.ts'
import { ModelCustomer } from './model-customer.ts'
import { playCase } from './play-case.ts'
import { type RunHead, reportOf } from './report.ts'
import { Sandbox } from './sandbox.ts'
import { ShopFigures } from './shop-figures.ts'

/** Cases at once; an engine that takes fewer conversations sets fewer. */
const mostAtOnce = 4

export interface RunDependencies {
  host: Host
  shop: Shop
  engine: Engine
  head: RunHead
  cases: readonly ExamCase[]
  /** Plays customers who order; null: they go by rules. */
  customer: Engine | null
  onProgress(done: number, finished: boolean): void
  onEnd(report: ExamReport): void
}

/** One exam under way. */
export class Run {
  readonly id: string
  readonly ended: Promise<void>
  readonly #deps: RunDependencies
  readonly #engine: ExaminedEngine
  readonly #customer: ModelCustomer | undefined
  readonly #stop = new AbortController()
  readonly #results: (CaseResult | undefined)[] = []
  readonly #figures = new Map<Stage, ShopFigures>()
  readonly #begin = Promise.withResolvers<void>()
  #head: RunHead
  #done = 0

  constructor(deps: RunDependencies) {
    this.#deps = deps
    this.#head = deps.head
    this.id = deps.head.runId
    this.#engine = new ExaminedEngine(deps.engine, deps.host.clock)
    this.#customer = deps.customer === null ? undefined : new ModelCustomer(deps.customer)
    this.ended = this.#begin.promise.then(() => this.#run())
  }

  begin(): void {
    this.#begin.resolve()
  }

  cancel(): void {
    this.#stop.abort()
  }

  /** What is known so far. */
  report(): ExamReport {
    return reportOf(
      this.#head,
      this.#results.flatMap((result) => result ?? []),
    )
  }

  async #run(): Promise<void> {
    const { host, shop, onProgress, onEnd } = this.#deps
    let sandbox: Sandbox | null = null
    try {
      sandbox = new Sandbox({ host, shop, engine: this.#engine })
      await this.#playAll(sandbox)
      const { hopeless } = this.#engine
      this.#end(hopeless === null ? 'done' : 'failed', hopeless === null ? null : `engine.${hopeless}`)
    } catch (error) {
      if (this.#stop.signal.aborted) this.#end('cancelled', null)
      else {
        const code = isDomainError(error) ? error.code : 'internal'
        host.log.error('exam.failed', { code, error: String(error) })
        this.#end('failed', code)
      }
    }
    await sandbox?.remove().catch((error: unknown) => {
      // The next start removes it.
      host.log.warn('exam.sandbox_left', { error: String(error) })
    })
    onEnd(this.report())
    onProgress(this.#done, true)
  }

  #end(state: ExamReport['state'], failure: string | null): void {
    const endedAt = new Date(this.#deps.host.clock.now()).toISOString()
    this.#head = { ...this.#head, state, failure, endedAt }
  }

  /** Cases that order hold stock: they come last, one after the other, so that no other case sees it. */
  async #playAll(sandbox: Sandbox): Promise<void> {
    const numbered = this.#deps.cases.map((item, at) => ({ item, at }))
    const ordering = numbered.filter(({ item }) => orders(item))
    const waiting = numbered.filter(({ item }) => !orders(item))
    const workers = Math.max(1, Math.min(mostAtOnce, this.#engine.parallel))
    const work = async () => {
      for (;;) {
        const next = waiting.shift()
        if (next === undefined) return
        if (!(await this.#play(sandbox, next.item, next.at))) return
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    for (const { item, at } of ordering) if (!(await this.#play(sandbox, item, at))) return
  }

  /** False when going on would examine nothing. */
  async #play(sandbox: Sandbox, item: ExamCase, at: number): Promise<boolean> {
    const { host, onProgress } = this.#deps
    const { signal } = this.#stop
    signal.throwIfAborted()
    const shop = await sandbox.shop(item.stage)
    const figures = this.#figuresOf(item.stage, shop)
    const played = await playCase(shop, item, {
      as: `exam-${at + 1}`,
      clock: host.clock,
      signal,
      customer: this.#customer,
    })
    this.#notePrompts(played)
    if (this.#engine.hopeless !== null) return false
    this.#results[at] = judgeCase(item, played, figures, this.#engine.id)
    this.#done += 1
    onProgress(this.#done, false)
    return true
  }

  #figuresOf(stage: Stage, shop: Shop): ShopFigures {
    const known = this.#figures.get(stage)
    if (known !== undefined) return known
    const figures = new ShopFigures(shop)
    this.#figures.set(stage, figures)
    return figures
  }

  #notePrompts(played: readonly PlayedTurn[]): void {
    if (this.#head.engine.promptVersion !== null) return
    const served = played.flatMap(
      ({ reply }) => reply?.trace?.steps.flatMap((step) => step.served ?? []) ?? [],
    )
    const version = served.find((by) => by.promptVersion !== null)?.promptVersion ?? null
    if (version !== null)
      this.#head = { ...this.#head, engine: { ...this.#head.engine, promptVersion: version } }
  }
}

function orders(item: ExamCase): boolean {
  return item.buyer !== null || item.end.ordered === true || item.end.order !== undefined
}
