import { existsSync } from 'node:fs'
import type { SpendingService } from '../spending/service.ts'
import type { EngineAccount, EngineView } from './account.ts'
import type { HealthBook } from './health-book.ts'
import type { ModelHost } from './local/model-host.ts'
import { builtinId } from './order.ts'

export interface ViewDependencies {
  spending: SpendingService
  modelHost: ModelHost | null
  health: HealthBook
}

/** Engines as their owner sees them. */
export class EngineViews {
  readonly #deps: ViewDependencies

  constructor(deps: ViewDependencies) {
    this.#deps = deps
  }

  builtin(position: number): EngineView {
    return {
      id: builtinId,
      kind: 'builtin',
      name: builtinId,
      provider: null,
      baseUrl: null,
      model: null,
      file: null,
      enabled: true,
      position: position < 0 ? null : position,
      prices: { input: 0, cached: 0, output: 0, source: 'free' },
      contextTokens: null,
      health: { state: 'ready', error: null, failedAt: null, retryAt: null, answeredAt: null },
      speed: { firstTokenMs: null, tokensPerSecond: null, tier: null },
      today: { requests: 0, failed: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 },
    }
  }

  of(account: EngineAccount, position: number): EngineView {
    const { measured, secretId, revision, ...told } = account
    const { firstTokenMs, tokensPerSecond, ...today } = this.#deps.spending.figures(account.id)
    return {
      ...told,
      position: position < 0 || !account.enabled ? null : position,
      health: this.#health(account),
      speed: {
        firstTokenMs,
        tokensPerSecond: tokensPerSecond ?? measured.local?.decodePerSecond ?? null,
        tier: measured.local?.tier ?? null,
      },
      today,
    }
  }

  /** Off by itself: no process of this computer runs models, or it died twice. */
  isOff(account: EngineAccount): boolean {
    return account.kind === 'local' && (this.#deps.modelHost?.status().state ?? 'off') === 'off'
  }

  #health(account: EngineAccount): EngineView['health'] {
    const { health } = this.#deps
    const { error, failedAt, answeredAt } = health.get(account.id)
    const state = this.#state(account)
    return {
      state,
      error: state === 'capped' && this.#unpriced(account) ? 'no_price' : error,
      failedAt: instant(failedAt),
      retryAt: instant(health.retryAt(account.id)),
      answeredAt: instant(answeredAt),
    }
  }

  #state(account: EngineAccount): EngineView['health']['state'] {
    const { health, spending, modelHost } = this.#deps
    const { id, kind, file, enabled } = account
    if (!enabled || this.isOff(account)) return 'off'
    if (file !== null && !existsSync(file)) return 'missing'
    if (health.resting(id)) return 'resting'
    if (kind === 'remote')
      return this.#unpriced(account) || (account.prices?.source !== 'free' && spending.capped())
        ? 'capped'
        : 'ready'
    const status = modelHost?.status()
    if (status?.chatFile !== file) return 'ready'
    if (status?.state === 'loading' || status?.state === 'starting') return 'loading'
    return status?.state === 'busy' ? 'busy' : 'ready'
  }

  /** There is a cap, and nobody knows what this engine costs. */
  #unpriced(account: EngineAccount): boolean {
    return account.prices === null && this.#deps.spending.hasCap()
  }
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
