import type { EngineAccount } from './account.ts'
import { type Engine, EngineError, type EngineEvent, type EngineRequest } from './engine.ts'

/** Makes what really answers for an account; loaded only when it is asked for the first time. */
export type EngineMaker = (account: EngineAccount) => Promise<Engine>

/** The engines of accounts as they are now: an account that changes gets a new one at its next step. */
export class EngineInstances {
  readonly #make: EngineMaker
  readonly #of = new Map<string, { revision: number; engine: Engine }>()

  constructor(make: EngineMaker) {
    this.#make = make
  }

  of(account: EngineAccount): Engine {
    const known = this.#of.get(account.id)
    if (known?.revision === account.revision) return known.engine
    const engine = new AccountEngine(account, this.#make)
    this.#of.set(account.id, { revision: account.revision, engine })
    return engine
  }

  forget(id: string): void {
    this.#of.delete(id)
  }
}

class AccountEngine implements Engine {
  readonly id: string
  readonly kind: 'local' | 'remote'
  readonly model: string
  readonly parallel = 4
  readonly capabilities
  readonly #account: EngineAccount
  readonly #make: EngineMaker
  #engine: Promise<Engine> | null = null

  constructor(account: EngineAccount, make: EngineMaker) {
    this.id = account.id
    this.kind = account.kind
    this.model = account.model
    this.capabilities = { prompted: true, contextTokens: account.contextTokens, images: false }
    this.#account = account
    this.#make = make
  }

  async *step(request: EngineRequest): AsyncIterable<EngineEvent> {
    this.#engine ??= this.#make(this.#account)
    let engine: Engine
    try {
      engine = await this.#engine
    } catch (error) {
      this.#engine = null
      throw error instanceof EngineError ? error : new EngineError('crashed', { cause: error })
    }
    yield* engine.step(request)
  }
}
