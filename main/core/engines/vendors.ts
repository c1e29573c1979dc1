import type { Clock, Log } from '../host.ts'
import type { Prices, RequestLedger } from '../spending/spending.ts'
import type { EngineAccount, RemoteProvider } from './account.ts'
import { type Engine, EngineError } from './engine.ts'
import type { ModelHost } from './local/model-host.ts'
import { loadPrompts, type PromptFiles } from './prompted/prompts.ts'

/** A model that a service offers. */
export interface OfferedModel {
  id: string
  name: string
  contextTokens: number | null
  prices: Prices | null
  /** Null where the service does not tell. */
  tools: boolean | null
}

export interface RemoteAddress {
  provider: RemoteProvider
  baseUrl: string | null
  key: string
}

/** Where engines besides the built-in one come from. */
export interface Vendors {
  /** @throws DomainError `engine.*` */
  probe(
    address: RemoteAddress,
    model: string,
  ): Promise<{ model: string; prices: Prices | null; contextTokens: number | null }>
  /** @throws DomainError `engine.*` */
  models(address: RemoteAddress): Promise<OfferedModel[]>
  /** @param promptFolder other prompts than the shipped ones; throws where they are not whole */
  make(account: EngineAccount, promptFolder?: string): Promise<Engine>
}

export interface VendorDependencies {
  /** Folder of the shipped resources. */
  resources: string
  /** Tells shops apart in the one model process. */
  slug: string
  key(secretId: string): Promise<string>
  ledger: RequestLedger
  redact(): boolean
  modelHost: ModelHost | null
  clock: Clock
  log: Log
}

/** The vendors' own code is loaded when the first engine of its kind is asked, not before. */
export function createVendors(deps: VendorDependencies): Vendors {
  let loaded: PromptFiles | null = null
  const prompts = (): PromptFiles => {
    loaded ??= loadPrompts(deps.resources)
    return loaded
  }
  return {
    probe: async (address, model) => (await import('./remote/probe.ts')).probe({ ...address, model }),
    models: async (address) => (await import('./remote/probe.ts')).listModels(address),
    make: async (account, folder) => {
      const files = folder === undefined ? prompts() : loadPrompts(deps.resources, folder)
      return await (account.kind === 'remote' ? makeRemote : makeLocal)(account, deps, files)
    },
  }
}

async function makeRemote(
  account: EngineAccount,
  deps: VendorDependencies,
  prompts: PromptFiles,
): Promise<Engine> {
  const { createRemoteEngine } = await import('./remote/engine.ts')
  const { id, provider, baseUrl, secretId, model, prices, contextTokens } = account
  if (provider === null) throw new Error('a remote engine has a provider')
  return createRemoteEngine({
    id,
    provider,
    baseUrl,
    key: () => (secretId === null ? Promise.resolve('') : openKey(deps, secretId)),
    model,
    prices,
    contextTokens,
    ledger: deps.ledger,
    redact: deps.redact,
    prompts,
    clock: deps.clock,
    log: deps.log,
  })
}

/** A key that this host cannot open is as good as one that is refused: only the owner can help. */
async function openKey(deps: VendorDependencies, secretId: string): Promise<string> {
  try {
    return await deps.key(secretId)
  } catch (error) {
    throw new EngineError('refused_key', { cause: error })
  }
}

async function makeLocal(
  account: EngineAccount,
  deps: VendorDependencies,
  prompts: PromptFiles,
): Promise<Engine> {
  const { modelHost, ledger, slug, clock, log } = deps
  const { id, file, model, contextTokens } = account
  if (modelHost === null || file === null) throw new EngineError('model_missing')
  const { LocalEngine } = await import('./local/engine.ts')
  return new LocalEngine({
    id,
    file,
    model,
    contextTokens,
    shop: slug,
    host: modelHost,
    ledger,
    prompts,
    clock,
    log,
  })
}
