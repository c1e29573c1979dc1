import type { Actor } from '../actor.ts'
import { EngineError, type EngineErrorCode, type ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Notifier } from '../host.ts'
import { newId } from '../ids.ts'
import type { JsonValue } from '../json.ts'
import { addDays, localMoment, startOfDay } from '../language/calendar.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { brokenCap, hasCap, type Period, reachedPeriods, type Spent, warnedPeriods } from './caps.ts'
import { costOfTokens, fromUsd, worstCost } from './cost.ts'
import { SpendingNotices } from './notices.ts'
import { type RateSource, usdRateOf } from './rates.ts'
import { type DayFigures, RequestRepository, type SentRequest } from './repository.ts'
import type { ModelSettingsStore } from './settings.ts'
import type { Prices, RequestLedger } from './spending.ts'

export interface SpendingDependencies {
  slug: string
  storage: Storage
  settings: ModelSettingsStore
  shop: () => ShopBrief
  clock: Clock
  bus: EventBus
  notifier: Notifier
}

export interface SpendingView {
  currency: string
  caps: { day: number | null; month: number | null }
  warnAt: number
  spent: Spent
  warning: boolean
  capped: boolean
  usdRate: number
  rateSource: RateSource
}

const dayMs = 24 * 60 * 60_000

/** Failures for which no service bills: it refused before it answered. */
const unbilled: ReadonlySet<EngineErrorCode> = new Set([
  'refused_key',
  'out_of_credit',
  'rate_limit',
  'model_missing',
  'context_too_long',
])

/**
 * What models cost. A request is reserved with the most it can cost before it leaves and settled when it ends; one that
 * the process did not outlive stays counted as reserved.
 */
export class SpendingService implements RequestLedger {
  readonly #deps: SpendingDependencies
  readonly #repository: RequestRepository
  readonly #notices: SpendingNotices
  readonly #open = new Map<string, Prices | null>()
  /** The period whose cap refused the last request. */
  #refused: { period: Period; day: string } | null = null
  #sweptOn = ''
  #cancelSweep: () => void = () => undefined

  constructor(deps: SpendingDependencies) {
    this.#deps = deps
    this.#repository = new RequestRepository(deps.storage)
    this.#notices = new SpendingNotices(deps.storage)
  }

  begin(request: Parameters<RequestLedger['begin']>[0]): { id: string } {
    const { caps, keepRequestsDays } = this.#deps.settings.get()
    const id = newId()
    const day = this.today()
    const priced = this.#worst(request.worst, request.prices)
    if (priced === null && hasCap(caps)) throw new EngineError('no_price')
    const cost = priced ?? 0
    // Check and reservation are one unit of work: two requests at once never both take what is left for one.
    const broken = this.#deps.storage.write('system', (tx) => {
      // Erased while the request was made ready: nothing of that person leaves any more.
      if (this.#repository.isErased(request.conversationId)) throw new EngineError('off')
      const { currency } = this.#deps.shop()
      const period = cost === 0 ? null : brokenCap(caps, this.#repository.spent(day), cost, currency)
      if (period !== null) return period
      const { worst, prices, body, ...told } = request
      this.#repository.insert(tx, {
        ...told,
        id,
        reservedMicros: isOff('cap.reserve') ? 0 : cost,
        body: keepRequestsDays === 0 ? null : body,
        day,
      })
      return null
    })
    if (broken !== null) {
      this.#refused = { period: broken, day }
      this.#tell(day)
      throw new EngineError('capped')
    }
    if (cost > 0) this.#refused = null
    this.#open.set(id, request.prices)
    this.#sweep(day)
    return { id }
  }

  end(id: string, result: Parameters<RequestLedger['end']>[1]): number | null {
    const prices = this.#open.get(id) ?? null
    this.#open.delete(id)
    const { usage, error } = result
    const cost = this.#settled(prices, result)
    this.#deps.storage.write('system', (tx) =>
      this.#repository.settle(tx, id, {
        state: error === null ? 'done' : 'failed',
        costMicros: cost,
        inputTokens: usage?.inputTokens ?? null,
        cachedTokens: usage?.cachedTokens ?? null,
        outputTokens: usage?.outputTokens ?? null,
        error,
        firstTokenMs: result.firstTokenMs === null ? null : Math.round(result.firstTokenMs),
        durationMs: Math.round(result.durationMs),
      }),
    )
    this.#tell(this.today())
    return this.#repository.find(id)?.costMicros ?? null
  }

  spending(): SpendingView {
    const { caps } = this.#deps.settings.get()
    const { currency } = this.#deps.shop()
    const day = this.today()
    const spent = this.#repository.spent(day)
    const { usdRate, source } = this.#rate()
    return {
      currency,
      caps: { day: caps.day, month: caps.month },
      warnAt: caps.warnAt,
      spent,
      warning: warnedPeriods(caps, spent, currency).length > 0,
      capped: reachedPeriods(caps, spent, currency).length > 0 || this.#refusedNow(day) !== null,
      usdRate,
      rateSource: source,
    }
  }

  /** What is left out stays. @throws DomainError `cap.rate_missing {currency}` for a cap where nobody knows what a dollar costs */
  setSpending(
    actor: Actor,
    changes: { day?: number | null; month?: number | null; warnAt?: number; usdRate?: number | null },
  ): SpendingView {
    const { settings, storage, shop } = this.#deps
    storage.write(actor, (tx) => {
      const { caps, usdRate } = settings.get()
      const { day = caps.day, month = caps.month, warnAt = caps.warnAt } = changes
      const next = {
        caps: { day, month, warnAt },
        usdRate: changes.usdRate === undefined ? usdRate : changes.usdRate,
      }
      const { currency } = shop()
      if (hasCap(next.caps) && usdRateOf(currency, next.usdRate).usdRate === 0)
        throw new DomainError('cap.rate_missing', { currency })
      settings.set(tx, next)
      this.#notices.clear(tx)
    })
    this.#refused = null
    this.#tell(this.today())
    return this.spending()
  }

  hasCap(): boolean {
    return hasCap(this.#deps.settings.get().caps)
  }

  /** True while the caps leave a request that costs something no room. */
  capped(): boolean {
    return this.spending().capped
  }

  figures(engineId: string): DayFigures {
    return this.#repository.figures(engineId, this.today())
  }

  /** Newest first. */
  requests(filter: Parameters<RequestRepository['list']>[0]): SentRequest[] {
    return this.#repository.list(filter)
  }

  /** What left this computer in one request. @throws DomainError `not_found` */
  request(id: string): SentRequest & { body: JsonValue } {
    const request = this.#repository.find(id)
    if (request === null) throw new DomainError('not_found', { entity: 'engine_requests', id })
    return request
  }

  privacy(): { redact: boolean; keepRequestsDays: number } {
    const { redact, keepRequestsDays } = this.#deps.settings.get()
    return { redact, keepRequestsDays }
  }

  setPrivacy(
    actor: Actor,
    changes: { redact?: boolean; keepRequestsDays?: number },
  ): { redact: boolean; keepRequestsDays: number } {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    this.#deps.storage.write(actor, (tx) => {
      this.#deps.settings.set(tx, given)
      this.#forget(tx)
    })
    return this.privacy()
  }

  /** Forgets what is older than the owner wants kept, now and every day. */
  start(): void {
    this.sweep()
    this.#sweepLater()
  }

  stop(): void {
    this.#cancelSweep()
  }

  /** Forgets what is older than the owner wants kept. */
  sweep(): void {
    this.#deps.storage.write('system', (tx) => this.#forget(tx))
    this.#sweptOn = this.today()
  }

  /** The shop's local day. */
  today(): string {
    return localMoment(new Date(this.#deps.clock.now()), this.#deps.shop().timeZone).date
  }

  #worst(worst: { inputTokens: number; outputTokens: number }, prices: Prices | null): number | null {
    if (prices === null) return null
    if (prices.source === 'free') return 0
    const { usdRate } = this.#rate()
    return usdRate === 0 ? null : worstCost(worst, prices, usdRate)
  }

  /** The cost of a request that has ended; null leaves what was reserved for it. */
  #settled(prices: Prices | null, result: Parameters<RequestLedger['end']>[1]): number | null {
    const { usdRate } = this.#rate()
    if (result.costUsdMicros !== undefined && usdRate > 0) return fromUsd(result.costUsdMicros, usdRate)
    if (prices?.source === 'free') return 0
    if (result.usage !== null) {
      if (prices === null || usdRate === 0) return null
      const { inputTokens, cachedTokens, outputTokens } = result.usage
      return costOfTokens({ input: inputTokens, cached: cachedTokens, output: outputTokens }, prices, usdRate)
    }
    if (!result.sent || (result.error !== null && unbilled.has(result.error))) return 0
    return null
  }

  #rate(): { usdRate: number; source: RateSource } {
    return usdRateOf(this.#deps.shop().currency, this.#deps.settings.get().usdRate)
  }

  #refusedNow(day: string): Period | null {
    const refused = this.#refused
    if (refused === null) return null
    const same = refused.period === 'day' ? refused.day === day : refused.day.slice(0, 7) === day.slice(0, 7)
    return same ? refused.period : null
  }

  /** Tells desk and owner how spending stands; of a cap the owner is told once a day or month. */
  #tell(day: string): void {
    const { bus, storage, notifier, slug, settings, shop } = this.#deps
    const { warning, capped, spent } = this.spending()
    bus.publishEphemeral('spending.changed', { day, warning, capped }, storage.now())
    if (!warning && !capped) return
    const { caps } = settings.get()
    const refused = this.#refusedNow(day)
    const reached = new Set(reachedPeriods(caps, spent, shop().currency))
    if (refused !== null) reached.add(refused)
    const warned = warnedPeriods(caps, spent, shop().currency).filter((period) => !reached.has(period))
    const due = storage.write('system', (tx) => [
      ...[...reached]
        .filter((period) => this.#notices.first(tx, 'reached', period, day))
        .map((period) => ({ code: 'spending.capped', period })),
      ...warned
        .filter((period) => this.#notices.first(tx, 'warned', period, day))
        .map((period) => ({ code: 'spending.warning', period })),
    ])
    for (const data of due) notifier.notify({ kind: 'problem', shop: slug, data })
  }

  #sweepLater(): void {
    this.#cancelSweep = this.#deps.clock.after(dayMs, () => {
      this.#sweepLater()
      try {
        this.sweep()
      } catch {
        // A disk that takes nothing now: the next request, or the next day, tries again.
      }
    })
  }

  #sweep(day: string): void {
    if (day !== this.#sweptOn) this.sweep()
  }

  #forget(tx: Tx): void {
    const { keepRequestsDays } = this.#deps.settings.get()
    const first = addDays(this.today(), -keepRequestsDays + 1)
    this.#repository.forgetBodies(tx, startOfDay(first, this.#deps.shop().timeZone))
  }
}
