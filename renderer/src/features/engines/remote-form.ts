import type { Engine, Inputs } from '../../../../preload/contract/index.ts'
import { editableMicros, parseMicros } from '../../ui/cost.ts'

export const providers = ['deepseek', 'openrouter', 'custom'] as const
export type Provider = (typeof providers)[number]

/** Where programs of one's own computer usually answer. */
export const presets = [
  { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
  { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' },
  { name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1' },
] as const

/** Prices as they are written: US dollars for a million tokens. */
export interface PriceForm {
  inputPrice: string
  cachedPrice: string
  outputPrice: string
}

export interface RemoteForm extends PriceForm {
  provider: Provider
  baseUrl: string
  key: string
  model: string
  name: string
}

export const emptyRemote: RemoteForm = {
  provider: 'deepseek',
  baseUrl: '',
  key: '',
  model: '',
  name: '',
  inputPrice: '',
  cachedPrice: '',
  outputPrice: '',
}

export type RemoteProblem = 'key' | 'address' | 'model' | 'price' | 'price_both' | 'name'

export function isAddress(text: string): boolean {
  const trimmed = text.trim()
  return /^https?:\/\//i.test(trimmed) && URL.canParse(trimmed)
}

/** Whether requests to the address stay on this computer. */
export function staysHere(baseUrl: string): boolean {
  if (!isAddress(baseUrl)) return false
  const { hostname } = new URL(baseUrl.trim())
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127[.]\d+[.]\d+[.]\d+$/.test(hostname)
  )
}

/** What has to be right before the service can be asked for its models. */
export function addressProblems(form: RemoteForm): Partial<Record<keyof RemoteForm, RemoteProblem>> {
  const problems: Partial<Record<keyof RemoteForm, RemoteProblem>> = {}
  const { baseUrl } = form
  if (form.provider === 'custom' ? !isAddress(baseUrl) : baseUrl.trim() !== '' && !isAddress(baseUrl))
    problems.baseUrl = 'address'
  if (form.provider !== 'custom' && form.key.trim() === '') problems.key = 'key'
  return problems
}

export function priceProblems(form: PriceForm): Partial<Record<keyof PriceForm, RemoteProblem>> {
  const problems: Partial<Record<keyof PriceForm, RemoteProblem>> = {}
  const fields = ['inputPrice', 'cachedPrice', 'outputPrice'] as const
  for (const field of fields) {
    if (form[field].trim() !== '' && parseMicros(form[field]) === null) problems[field] = 'price'
  }
  if (fields.every((field) => form[field].trim() === '')) return problems
  for (const field of ['inputPrice', 'outputPrice'] as const) {
    if (form[field].trim() === '') problems[field] = 'price_both'
  }
  return problems
}

export function remoteProblems(form: RemoteForm): Partial<Record<keyof RemoteForm, RemoteProblem>> {
  return {
    ...addressProblems(form),
    ...priceProblems(form),
    ...(form.model.trim() === '' ? { model: 'model' as const } : {}),
  }
}

/** For a form without problems; null when no price is said. A price for cached tokens that is not said is the full one. */
export function pricesOf(form: PriceForm): { input: number; cached: number; output: number } | null {
  const input = parseMicros(form.inputPrice)
  const output = parseMicros(form.outputPrice)
  if (input === null || output === null) return null
  return { input, cached: parseMicros(form.cachedPrice) ?? input, output }
}

export function priceFormOf(prices: Engine['prices'], locale: string): PriceForm {
  if (prices === null || prices.source !== 'owner')
    return { inputPrice: '', cachedPrice: '', outputPrice: '' }
  return {
    inputPrice: editableMicros(prices.input, locale),
    cachedPrice: editableMicros(prices.cached, locale),
    outputPrice: editableMicros(prices.output, locale),
  }
}

export function addressOf(
  form: RemoteForm,
): Pick<Inputs['engines']['addRemote'], 'provider' | 'baseUrl' | 'key'> {
  return {
    provider: form.provider,
    ...(form.baseUrl.trim() === '' ? {} : { baseUrl: form.baseUrl.trim() }),
    ...(form.key.trim() === '' ? {} : { key: form.key.trim() }),
  }
}

export function remoteInputOf(form: RemoteForm, shop: string): Inputs['engines']['addRemote'] {
  const prices = pricesOf(form)
  return {
    shop,
    ...addressOf(form),
    model: form.model.trim(),
    ...(form.name.trim() === '' ? {} : { name: form.name.trim() }),
    ...(prices === null ? {} : { prices }),
  }
}

/** The field that an error of the service is about; null for none. */
export function fieldOf(code: string, provider: Provider): 'key' | 'baseUrl' | 'model' | null {
  switch (code) {
    case 'engine.refused_key':
    case 'engine.out_of_credit':
      return 'key'
    case 'engine.unreachable':
    case 'engine.not_compatible':
      return provider === 'custom' ? 'baseUrl' : null
    case 'engine.address':
    case 'engine.address_insecure':
      return 'baseUrl'
    case 'engine.model_unknown':
      return 'model'
    default:
      return null
  }
}
