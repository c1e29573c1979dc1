import type OpenAI from 'openai'
import { DomainError, type ErrorCode } from '../../errors.ts'
import type { Prices } from '../../spending/spending.ts'
import type { RemoteProvider } from '../account.ts'
import { EngineError, type EngineErrorCode } from '../engine.ts'
import { isPrivateHost, serviceAddress } from './address.ts'
import { openClient } from './client.ts'
import { failureOf } from './errors.ts'
import { deepSeekModel, servicePrices } from './prices.ts'

/** A model that a service offers. */
export interface RemoteModelInfo {
  id: string
  name: string
  contextTokens: number | null
  prices: Prices | null
  /** Null where the service does not tell. */
  tools: boolean | null
}

export interface RemoteAccess {
  provider: RemoteProvider
  /** Null for the provider's own. */
  baseUrl?: string | null
  /** '' for a service that asks for none. */
  key: string
  signal?: AbortSignal
}

export interface ProbeResult {
  model: string
  models: RemoteModelInfo[]
  prices: Prices | null
  contextTokens: number | null
  /** What is left of the account, US dollars; null where the service does not tell. */
  credit: number | null
}

const probeMs = 20_000
/** More models than any service has. */
const mostModels = 5_000

/**
 * Whether address, key, account and model are good, before anything is kept.
 * @throws DomainError `engine.refused_key`, `engine.unreachable`, `engine.not_compatible`, `engine.model_unknown {model}`,
 * `engine.out_of_credit`, `engine.rate_limit`, `engine.timeout`, `engine.address`, `engine.address_insecure`
 */
export async function probe(access: RemoteAccess & { model: string }): Promise<ProbeResult> {
  const service = new Service(access)
  const credit = await service.checkAccount()
  const models = await service.models()
  const found = models.find((one) => one.id === access.model)
  // Lists of other services leave out aliases, or there is none: then the model itself is asked.
  if (found === undefined && access.provider !== 'custom') throw unknownModel(access.model)
  if (found === undefined || (await service.listsForEverybody())) await service.askModel(access.model)
  if (credit !== null && credit <= 0 && !isFree(found)) throw new DomainError('engine.out_of_credit')
  return {
    model: access.model,
    models,
    prices: found?.prices ?? service.usualPrices(),
    contextTokens: found?.contextTokens ?? null,
    credit,
  }
}

/** Models of a service that can hold a conversation, for the choice. Throws as `probe`. */
export async function listModels(access: RemoteAccess): Promise<RemoteModelInfo[]> {
  const service = new Service(access)
  await service.checkAccount()
  return service.models()
}

class Service {
  readonly #access: RemoteAccess
  readonly #baseUrl: string
  readonly #signal: AbortSignal

  constructor(access: RemoteAccess) {
    this.#access = access
    this.#baseUrl = serviceAddress(access.provider, access.baseUrl)
    const limit = AbortSignal.timeout(probeMs)
    this.#signal = access.signal === undefined ? limit : AbortSignal.any([access.signal, limit])
  }

  /** OpenRouter shows its list to everybody: its key is asked for by itself. Gives the credit, null where nobody tells. */
  async checkAccount(): Promise<number | null> {
    const { provider } = this.#access
    if (provider === 'openrouter') {
      const key = record(record(await this.#get('/key')).data)
      if (typeof key.limit_remaining === 'number') return key.limit_remaining
      const credits = record(record(await this.#getIfThere('/credits')).data)
      const { total_credits: total, total_usage: used } = credits
      return typeof total === 'number' && typeof used === 'number' ? total - used : null
    }
    if (provider !== 'deepseek') return null
    const balance = record(await this.#getIfThere('/user/balance'))
    if (balance.is_available === false) return 0
    const infos = Array.isArray(balance.balance_infos) ? balance.balance_infos.map(record) : []
    const dollars = Number(infos.find((info) => info.currency === 'USD')?.total_balance)
    return Number.isFinite(dollars) && dollars > 0 ? dollars : null
  }

  async models(): Promise<RemoteModelInfo[]> {
    const { provider } = this.#access
    const list = provider === 'custom' ? await this.#getIfThere('/models') : await this.#get('/models')
    const data = record(list).data
    if (!Array.isArray(data)) {
      if (provider === 'custom' && list === null) return []
      throw new DomainError('engine.not_compatible')
    }
    return data.slice(0, mostModels).flatMap((one) => this.#model(record(one)) ?? [])
  }

  /** Whether the list says nothing about the key. */
  async listsForEverybody(): Promise<boolean> {
    if (this.#access.provider !== 'custom' || this.#access.key === '') return false
    try {
      await new Service({ ...this.#access, key: '' }).#get('/models')
      return true
    } catch {
      return false
    }
  }

  /** Has the model say one word. */
  async askModel(model: string): Promise<void> {
    const answer = await this.#asked(
      (client) =>
        client.chat.completions.create(
          { model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 16 },
          { signal: this.#signal },
        ),
      model,
    )
    if (!Array.isArray(record(answer).choices)) throw new DomainError('engine.not_compatible')
  }

  /** A service of this computer or of the own network costs nothing, as far as anybody knows. */
  usualPrices(): Prices | null {
    const own = this.#access.provider === 'custom' && isPrivateHost(new URL(this.#baseUrl).hostname)
    return own ? { input: 0, cached: 0, output: 0, source: 'free' } : null
  }

  #model(given: Record<string, unknown>): RemoteModelInfo | null {
    const { id, name } = given
    if (typeof id !== 'string' || id === '' || id.length > 200 || !speaks(given)) return null
    const known = this.#access.provider === 'deepseek' ? deepSeekModel(id) : null
    const parameters = given.supported_parameters
    return {
      id,
      name: typeof name === 'string' && name !== '' ? name.slice(0, 200) : id,
      contextTokens: contextOf(given) ?? known?.contextTokens ?? null,
      prices: servicePrices(given.pricing) ?? known?.prices ?? this.usualPrices(),
      tools: Array.isArray(parameters) ? parameters.includes('tools') : null,
    }
  }

  async #get(path: string): Promise<unknown> {
    const answer = await this.#asked((client) => client.get<unknown>(path, { signal: this.#signal }))
    if (typeof answer !== 'object' || answer === null) throw new DomainError('engine.not_compatible')
    return answer
  }

  /** Null where the service has no such thing, or keeps it from this key. */
  async #getIfThere(path: string): Promise<unknown> {
    try {
      return await this.#get(path)
    } catch (error) {
      const code = error instanceof DomainError ? error.code : null
      const status = error instanceof DomainError ? error.data.status : null
      if (code === 'engine.not_compatible' && (status === 404 || status === 405 || status === 501))
        return null
      if (status === 403) return null
      throw error
    }
  }

  async #asked<T>(ask: (client: OpenAI) => Promise<T>, model: string | null = null): Promise<T> {
    try {
      return await ask(openClient(this.#baseUrl, this.#access.key, 'json'))
    } catch (error) {
      if (this.#access.signal?.aborted === true) throw new DomainError('cancelled')
      const { code, status } = failureOf(
        this.#signal.aborted ? new EngineError('timeout') : error,
        Date.now(),
      )
      if (code === 'model_missing' && model !== null) throw unknownModel(model)
      const inside = code === 'service_failed' && (status === null || status >= 500)
      throw new DomainError(inside ? 'engine.unreachable' : (codes[code] ?? 'engine.not_compatible'), {
        status,
      })
    }
  }
}

/** What the owner is told; all else is no such service. */
const codes: Partial<Record<EngineErrorCode, ErrorCode>> = {
  offline: 'engine.unreachable',
  refused_key: 'engine.refused_key',
  out_of_credit: 'engine.out_of_credit',
  rate_limit: 'engine.rate_limit',
  timeout: 'engine.timeout',
}

function unknownModel(model: string): DomainError {
  return new DomainError('engine.model_unknown', { model })
}

function isFree(model: RemoteModelInfo | undefined): boolean {
  return model?.prices?.source === 'free'
}

/** Whether it writes text; lists of services hold models for pictures, voices and vectors, too. */
function speaks(given: Record<string, unknown>): boolean {
  const outputs = record(given.architecture).output_modalities
  if (Array.isArray(outputs) && !outputs.includes('text')) return false
  return !/(?:^|[/_-])(?:text-)?embed|whisper|(?:^|[/-])tts(?:-|$)|dall-e|rerank|moderation/i.test(
    String(given.id),
  )
}

/** Under the names that OpenRouter, vLLM, LM Studio, Groq and llama-server use. */
function contextOf(given: Record<string, unknown>): number | null {
  const values = [
    given.context_length,
    given.max_model_len,
    given.max_context_length,
    given.context_window,
    record(given.meta).n_ctx,
  ]
  const found = values.find((value) => typeof value === 'number' && Number.isInteger(value) && value >= 256)
  return typeof found === 'number' ? Math.min(found, 100_000_000) : null
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
