import { join } from 'node:path'
import type { Actor } from '../actor.ts'
import type { Engine } from '../engines/engine.ts'
import { loadPrompts } from '../engines/prompted/prompts.ts'
import { DomainError } from '../errors.ts'
import type { Host } from '../host.ts'
import { newId } from '../ids.ts'
import type { Shop } from '../shops/shop.ts'
import { type CaseInput, caseSchema, ownCase } from './case-file.ts'
import { catalogCases } from './catalog-cases.ts'
import { type Comparison, compareRuns } from './comparison.ts'
import type { ExamCase, ExamReport, ExamRun } from './exam.ts'
import { type RunHead, reportOf, runOf } from './report.ts'
import {
  insertCase,
  insertRun,
  listCases,
  listRuns,
  readRun,
  removeCase,
  unfinishedRuns,
  updateRun,
} from './repository.ts'
import { Run } from './run.ts'
import { removeAbandoned } from './sandbox.ts'
import { shippedCases } from './suite.ts'

export type { CaseInput } from './case-file.ts'
export type { Comparison } from './comparison.ts'
export type { CaseResult, ExamReport, ExamRun, Reason } from './exam.ts'

const listedRuns = 100
const usualSeed = 1

export interface ExamRequest {
  /** Id of an engine, or a kind: `builtin`, `local`, `remote`. */
  engineId: string
  /** Classes of the shipped suite, `catalog` or `owner`, or one class of these (`catalog/price`); all when left out. */
  classes?: readonly string[] | undefined
  /** At most so many cases of each class. */
  most?: number | undefined
  seed?: number | undefined
  /** More of the owner's cases, as written. */
  cases?: readonly CaseInput[] | undefined
  /** A folder of prompts that stand in for the shipped ones. */
  prompts?: string | undefined
  /** A model that plays customers who order; they go by rules when left out. */
  customer?: string | undefined
}

export interface ExamDependencies {
  host: Host
  /** The engine of that id or kind, set up for this shop. @throws DomainError `engine.not_found` */
  engine(shop: Shop, id: string, promptFolder?: string): Engine
}

/**
 * Examines engines on copies of shops: whoever changes a model, a prompt or prices can see first what customers would
 * get. The shop itself is only read; what remains of an exam is its report. One exam a shop at a time.
 */
export class ExamService {
  readonly #deps: ExamDependencies
  /** By the shop's folder. */
  readonly #running = new Map<string, Run>()
  readonly #starting = new Set<string>()
  readonly #settled = new Set<string>()

  constructor(deps: ExamDependencies) {
    this.#deps = deps
    removeAbandoned(deps.host.paths.data)
  }

  /**
   * Begins an exam in the background; `exam.progress` events tell how far it is.
   * @throws DomainError `exam.running`, `exam.invalid_case`, `engine.not_found`, `input.invalid` for prompts that are
   *   not whole, `exam.not_found` when no case is left
   */
  async start(actor: Actor, shop: Shop, request: ExamRequest): Promise<{ runId: string; total: number }> {
    this.#settle(shop)
    if (this.#running.has(shop.dir) || this.#starting.has(shop.dir)) throw new DomainError('exam.running')
    this.#starting.add(shop.dir)
    try {
      const seed = request.seed ?? usualSeed
      const cases = await this.#cases(shop, request, seed)
      if (cases.length === 0)
        throw new DomainError('exam.not_found', { classes: request.classes?.join(', ') ?? '' })
      const { host } = this.#deps
      const engine = this.#deps.engine(shop, request.engineId, promptFolder(this.#deps.host, request))
      const customer = this.#customer(shop, request.customer)
      const runId = newId()
      const head: RunHead = {
        runId,
        engine: { id: engine.id, kind: engine.kind, model: engine.model, promptVersion: null },
        state: 'running',
        failure: null,
        startedAt: new Date(host.clock.now()).toISOString(),
        endedAt: null,
        seed,
      }
      shop.storage.write(actor, (tx) => insertRun(tx, reportOf(head, [])))
      const run = new Run({
        host,
        shop,
        engine,
        head,
        cases,
        customer,
        onProgress: (done, finished) =>
          shop.bus.publishEphemeral(
            'exam.progress',
            { runId, done, total: cases.length, finished },
            shop.storage.now(),
          ),
        onEnd: (report) => {
          this.#running.delete(shop.dir)
          shop.storage.write(actor, (tx) => updateRun(tx, report))
        },
      })
      this.#running.set(shop.dir, run)
      run.begin()
      return { runId, total: cases.length }
    } finally {
      this.#starting.delete(shop.dir)
    }
  }

  /** Ends a run at the next turn; what was played stays in its report. Resolves when it has ended. */
  async cancel(shop: Shop, runId: string): Promise<void> {
    const run = this.#running.get(shop.dir)
    if (run?.id !== runId) {
      this.report(shop, runId)
      return
    }
    run.cancel()
    await run.ended
  }

  /** Resolves when the run has ended, at once for one that has. */
  async ended(shop: Shop, runId: string): Promise<void> {
    const run = this.#running.get(shop.dir)
    if (run?.id === runId) await run.ended
  }

  /** Newest first. */
  list(shop: Shop): ExamRun[] {
    this.#settle(shop)
    const running = this.#running.get(shop.dir)
    return listRuns(shop.storage, listedRuns).map((report) =>
      runOf(running?.id === report.runId ? running.report() : report),
    )
  }

  /** @throws DomainError `exam.not_found` */
  report(shop: Shop, runId: string): ExamReport {
    this.#settle(shop)
    const run = this.#running.get(shop.dir)
    return run?.id === runId ? run.report() : readRun(shop.storage, runId)
  }

  /** A run against the one before it. @throws DomainError `exam.not_found` */
  compare(shop: Shop, baseRunId: string, runId: string): Comparison {
    return compareRuns(this.report(shop, baseRunId), this.report(shop, runId))
  }

  /** Classes of the shipped suite and of the shop's catalog, with how many cases each has. */
  async classes(shop: Shop): Promise<{ class: string; cases: number }[]> {
    const cases = await this.#cases(shop, { engineId: '' }, usualSeed)
    const groups = Map.groupBy(cases, (item) => item.class)
    return [...groups].map(([name, group]) => ({ class: name, cases: group.length }))
  }

  cases(shop: Shop): { id: string; definition: unknown }[] {
    return listCases(shop.storage).map(({ id, definition }) => ({ id, definition }))
  }

  /** @throws DomainError `exam.invalid_case` */
  addCase(actor: Actor, shop: Shop, written: CaseInput): string {
    const { name } = ownCase(written)
    return shop.storage.write(actor, (tx) => insertCase(tx, name, caseSchema.parse(written)))
  }

  /** @throws DomainError `not_found` */
  removeCase(actor: Actor, shop: Shop, id: string): void {
    shop.storage.write(actor, (tx) => removeCase(tx, id))
  }

  /** Ends what is under way; its shops stay open until then. */
  async stop(): Promise<void> {
    const runs = [...this.#running.values()]
    for (const run of runs) run.cancel()
    await Promise.all(runs.map((run) => run.ended))
  }

  /** @throws DomainError `engine.not_found`, `input.invalid` for an engine without a prompt */
  #customer(shop: Shop, id: string | undefined): Engine | null {
    if (id === undefined) return null
    const folder = join(this.#deps.host.paths.resources, 'prompts', 'customer')
    const engine = this.#deps.engine(shop, id, folder)
    if (!engine.capabilities.prompted)
      throw new DomainError('input.invalid', { field: 'customer', value: id })
    return engine
  }

  async #cases(shop: Shop, request: ExamRequest, seed: number): Promise<ExamCase[]> {
    const { classes, most } = request
    const wanted = (name: string) =>
      classes === undefined || classes.some((one) => name === one || name.startsWith(`${one}/`))
    const owners = [...listCases(shop.storage).map(({ definition }) => ownCase(definition))]
    owners.push(...(request.cases ?? []).map(ownCase))
    const all = [
      ...(await shippedCases(this.#deps.host.paths.resources)),
      ...catalogCases(shop, { seed, ...(most === undefined ? {} : { most }) }),
    ].filter((item) => wanted(item.class))
    // The owner's cases have classes of their own naming.
    const chosen = [...all, ...owners.filter((item) => wanted('owner') || wanted(item.class))]
    if (most === undefined) return chosen
    const counts = new Map<string, number>()
    return chosen.filter((item) => {
      const count = (counts.get(item.class) ?? 0) + 1
      counts.set(item.class, count)
      return count <= most
    })
  }

  /** A run that is noted as running and is not under way here died with its process. */
  #settle(shop: Shop): void {
    if (this.#settled.has(shop.dir)) return
    this.#settled.add(shop.dir)
    const dead = unfinishedRuns(shop.storage)
    if (dead.length === 0) return
    shop.storage.write('system', (tx) => {
      for (const report of dead)
        updateRun(tx, { ...report, state: 'failed', failure: 'interrupted', endedAt: tx.now })
    })
  }
}

function promptFolder({ paths }: Host, { prompts }: ExamRequest): string | undefined {
  if (prompts === undefined) return undefined
  try {
    loadPrompts(paths.resources, prompts)
  } catch (error) {
    throw new DomainError('input.invalid', { field: 'prompts', value: prompts }, { cause: error })
  }
  return prompts
}
