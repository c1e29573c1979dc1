import { basename, isAbsolute } from 'node:path'
import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log, Notifier } from '../host.ts'
import { newId } from '../ids.ts'
import type { Secrets } from '../secrets/service.ts'
import type { SpendingService } from '../spending/service.ts'
import type { ModelSettingsStore } from '../spending/settings.ts'
import type { Prices } from '../spending/spending.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { EngineAccount, EngineTest, EngineView, RemoteProvider } from './account.ts'
import { EngineAccounts } from './accounts.ts'
import { createBuiltinEngine } from './builtin/engine.ts'
import { EngineChain } from './chain.ts'
import type { Engine, ShopBrief } from './engine.ts'
import { HealthBook } from './health-book.ts'
import { EngineInstances } from './instances.ts'
import type { ModelHost } from './local/model-host.ts'
import { builtinId } from './order.ts'
import { testEngine } from './test-question.ts'
import type { OfferedModel, RemoteAddress, Vendors } from './vendors.ts'
import { EngineViews } from './views.ts'

export interface EngineDependencies {
  slug: string
  storage: Storage
  secrets: Secrets
  settings: ModelSettingsStore
  spending: SpendingService
  vendors: Vendors
  modelHost: ModelHost | null
  shop: () => ShopBrief
  clock: Clock
  log: Log
  bus: EventBus
  notifier: Notifier
}

type OwnPrices = Omit<Prices, 'source'>

/** The shop's engines: which there are, in which order they are asked, how they fare. */
export class EngineService {
  readonly chain: EngineChain
  readonly #deps: EngineDependencies
  readonly #accounts: EngineAccounts
  readonly #instances: EngineInstances
  readonly #health: HealthBook
  readonly #views: EngineViews
  readonly #builtin = createBuiltinEngine()
  readonly #closed = new AbortController()

  constructor(deps: EngineDependencies) {
    this.#deps = deps
    this.#accounts = new EngineAccounts(deps.storage, deps.settings)
    this.#instances = new EngineInstances((account) => deps.vendors.make(account))
    this.#health = new HealthBook(deps)
    this.#views = new EngineViews({ ...deps, health: this.#health })
    this.chain = new EngineChain({
      links: () =>
        this.#accounts.asked().map((account) => ({
          engine: this.#instances.of(account),
          name: account.name,
          unavailable: this.#views.isOff(account) ? 'off' : null,
        })),
      builtin: this.#builtin,
      health: this.#health,
      clock: deps.clock,
      log: deps.log,
    })
  }

  /** In the order in which they are asked; those that are not asked last. */
  list(): EngineView[] {
    const accounts = this.#accounts.all()
    const order = this.#accounts.order()
    const views = [
      this.#views.builtin(order.indexOf(builtinId)),
      ...accounts.map((account) => this.#views.of(account, order.indexOf(account.id))),
    ]
    return views.sort((a, b) => (a.position ?? order.length) - (b.position ?? order.length))
  }

  /** @throws DomainError `engine.not_found` */
  get(id: string): EngineView {
    const view = this.list().find((engine) => engine.id === id)
    if (view === undefined) throw new DomainError('engine.not_found', { id })
    return view
  }

  /**
   * An engine to be asked by itself, outside the chain.
   * @param name id, or a kind: the first one of that kind
   * @param promptFolder other prompts than the shipped ones
   * @throws DomainError `engine.not_found {id}`
   */
  engine(name: string, promptFolder?: string): Engine {
    if (name === builtinId) return this.#builtin
    const ofKind = [...this.#accounts.asked(), ...this.#accounts.all()].find(({ kind }) => kind === name)
    const account = ofKind ?? this.#accounts.get(name)
    if (promptFolder === undefined) return this.#instances.of(account)
    const { vendors } = this.#deps
    return new EngineInstances((each) => vendors.make(each, promptFolder)).of(account)
  }

  /**
   * Asks the service whether key and model are good, then keeps the engine and asks it first.
   * @throws DomainError `engine.*`, `host.secrets_locked`, `input.invalid`
   */
  async addRemote(
    actor: Actor,
    input: {
      provider: RemoteProvider
      baseUrl?: string | undefined
      key?: string | undefined
      model: string
      name?: string | undefined
      prices?: OwnPrices | undefined
      contextTokens?: number | undefined
    },
  ): Promise<EngineView> {
    const { vendors, secrets } = this.#deps
    const { provider, model, key = '' } = input
    const baseUrl = input.baseUrl ?? null
    this.#accounts.requireNew(
      (account) => account.model === model && account.provider === provider && account.baseUrl === baseUrl,
    )
    const found = await vendors.probe({ provider, baseUrl, key }, model)
    if (key !== '') await secrets.unlockToKeep()
    const prices: Prices | null =
      input.prices === undefined ? found.prices : { ...input.prices, source: 'owner' }
    return this.#added(actor, (tx) => ({
      id: newId(),
      kind: 'remote',
      name: nameOf(input.name, found.model),
      provider,
      baseUrl,
      secretId: key === '' ? null : secrets.put(tx, key),
      model: found.model,
      file: null,
      enabled: true,
      prices,
      contextTokens: input.contextTokens ?? found.contextTokens,
      measured: { listed: found.prices },
    }))
  }

  /**
   * Models of a service. The stored key of `engineId` is used for that engine's own address only.
   * @throws DomainError `engine.*`
   */
  async remoteModels(input: {
    provider: RemoteProvider
    baseUrl?: string | undefined
    key?: string | undefined
    engineId?: string | undefined
  }): Promise<OfferedModel[]> {
    const { provider, baseUrl = null, key, engineId } = input
    if (engineId === undefined || key !== undefined)
      return this.#deps.vendors.models({ provider, baseUrl, key: key ?? '' })
    return this.#deps.vendors.models(await this.#address(this.#accounts.get(engineId)))
  }

  /** @throws DomainError `model.*`, `engine.not_available` where no models run, `engine.already_added` */
  async addLocal(actor: Actor, input: { file: string; name?: string | undefined }): Promise<EngineView> {
    const { modelHost } = this.#deps
    if (modelHost === null) throw new DomainError('engine.not_available')
    const { file } = input
    if (!isAbsolute(file)) throw new DomainError('model.not_found', { file })
    this.#accounts.requireNew((account) => account.file === file)
    const facts = await modelHost.inspect(file)
    if (facts.kind !== 'chat') throw new DomainError('model.no_chat', { file })
    if (facts.fit.verdict === 'too_large')
      throw new DomainError('model.too_large', { file, memory: facts.fit.memory })
    return this.#added(actor, () => ({
      id: newId(),
      kind: 'local',
      name: nameOf(input.name, facts.name === '' ? basename(file) : facts.name),
      provider: null,
      baseUrl: null,
      secretId: null,
      model: basename(file),
      file,
      enabled: true,
      prices: { input: 0, cached: 0, output: 0, source: 'free' },
      contextTokens: facts.fit.contextTokens,
      measured: {},
    }))
  }

  /** What is left out stays; a new key or model is tried first. @throws DomainError `engine.*`, `input.invalid` */
  async change(
    actor: Actor,
    id: string,
    changes: {
      name?: string | undefined
      key?: string | undefined
      model?: string | undefined
      enabled?: boolean | undefined
      prices?: OwnPrices | null | undefined
    },
  ): Promise<EngineView> {
    const account = this.#accounts.get(id)
    const { key, model } = changes
    const anew = key !== undefined || (model !== undefined && model !== account.model)
    if (anew && account.kind === 'local')
      throw new DomainError('input.invalid', { field: key === undefined ? 'model' : 'key' })
    const found = anew ? await this.#tried(account, key, model) : null
    if (key !== undefined) await this.#deps.secrets.unlockToKeep()
    const listed = found === null ? (account.measured.listed ?? null) : found.prices
    this.#accounts.update(actor, id, (tx) => ({
      name: nameOf(changes.name, account.name),
      enabled: changes.enabled ?? account.enabled,
      secretId: key === undefined ? account.secretId : this.#keep(tx, account.secretId, key),
      ...(found === null
        ? {}
        : { model: found.model, contextTokens: found.contextTokens, measured: { listed } }),
      prices: pricesAfter(account.prices, changes.prices, listed, {
        tried: found !== null,
        other: found !== null && found.model !== account.model,
      }),
    }))
    if (anew || changes.enabled === true) this.#health.forget(id)
    return this.get(id)
  }

  /** Puts it away; its key goes for good, what it cost stays. @throws DomainError `engine.not_found` */
  remove(actor: Actor, id: string): void {
    const account = this.#accounts.get(id)
    this.#accounts.remove(actor, id, (tx) => {
      if (account.secretId !== null) this.#deps.secrets.remove(tx, account.secretId)
    })
    this.#instances.forget(id)
    this.#health.forget(id)
  }

  /** Ids or kinds. @throws DomainError `engine.not_found {id}` */
  order(actor: Actor, wanted: readonly string[]): EngineView[] {
    this.#accounts.setOrder(actor, wanted)
    return this.list()
  }

  /** Asks it something small and has it call a tool. Also ends a rest. @throws DomainError `engine.not_found` */
  async test(id: string): Promise<EngineTest> {
    const engine = this.engine(id)
    const account = id === builtinId ? null : this.#accounts.get(id)
    if (account?.kind === 'local') await this.measure(id)
    const { test, failure } = await testEngine(engine, { shop: this.#deps.shop(), clock: this.#deps.clock })
    if (account === null) return test
    if (failure === null) this.#health.succeeded(id)
    else this.#health.failed(id, failure.code, failure.retryAfterMs, { name: account.name, leads: false })
    return test
  }

  /** Finds how fast a local model is here, once; it works all the same without. @throws DomainError `engine.not_found` */
  async measure(id: string): Promise<void> {
    const { modelHost, log } = this.#deps
    const { file, measured } = this.#accounts.get(id)
    if (modelHost === null || file === null || measured.local !== undefined) return
    try {
      const local = await modelHost.measure(file, this.#closed.signal)
      if (this.#closed.signal.aborted) return
      this.#accounts.update('system', id, () => ({ measured: { ...measured, local } }))
    } catch (error) {
      log.warn('engine.not_measured', { engine: id, error: error instanceof Error ? error.name : 'unknown' })
    }
  }

  /** Model files that engines work with, also those that are not asked now. */
  files(): { file: string; name: string }[] {
    return this.#accounts.all().flatMap(({ file, name }) => (file === null ? [] : [{ file, name }]))
  }

  /** The process that runs models died; when it is off, the owner has to turn it on again. */
  modelProcessDied({ deaths, off }: { deaths: number; off: boolean }): void {
    const { notifier, slug, log } = this.#deps
    const local = this.#accounts.asked().filter(({ kind }) => kind === 'local')
    log.warn('engine.model_process_died', { deaths, off })
    for (const { id } of local) this.#health.announce(id, off ? 'off' : 'resting')
    const [first] = local
    if (!off || first === undefined) return
    notifier.notify({ kind: 'problem', shop: slug, data: { code: 'engine.off', engine: first.name } })
  }

  close(): void {
    this.#closed.abort()
    this.#health.close()
  }

  #tried(account: EngineAccount, key: string | undefined, model: string | undefined) {
    return this.#address(account, key).then((address) =>
      this.#deps.vendors.probe(address, model ?? account.model),
    )
  }

  async #address(account: EngineAccount, key?: string): Promise<RemoteAddress> {
    const { provider, baseUrl, secretId } = account
    if (provider === null) throw new DomainError('input.invalid', { field: 'engineId' })
    const stored = secretId === null ? '' : await this.#deps.secrets.open(secretId)
    return { provider, baseUrl, key: key ?? stored }
  }

  #keep(tx: Tx, secretId: string | null, key: string): string {
    const { secrets } = this.#deps
    if (secretId === null) return secrets.put(tx, key)
    secrets.replace(tx, secretId, key)
    return secretId
  }

  #added(actor: Actor, make: (tx: Tx) => Omit<EngineAccount, 'revision'>): EngineView {
    return this.get(this.#accounts.add(actor, make))
  }
}

function nameOf(wanted: string | undefined, otherwise: string): string {
  const name = (wanted ?? '').trim()
  return (name === '' ? otherwise : name).slice(0, 80)
}

function pricesAfter(
  before: Prices | null,
  wanted: OwnPrices | null | undefined,
  listed: Prices | null,
  now: { tried: boolean; other: boolean },
): Prices | null {
  if (wanted === null) return listed
  if (wanted !== undefined) return { ...wanted, source: 'owner' }
  // What the owner said was said of the model before; a cap must not be counted with it.
  return now.other || (now.tried && before?.source !== 'owner') ? listed : before
}
