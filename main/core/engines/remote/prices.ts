import type { Prices } from '../../spending/spending.ts'

/** When the table below was read from https://api-docs.deepseek.com/quick_start/pricing. */
export const deepSeekPricesAsOf = '2026-11-15'

/** Per million tokens, in millionths of a US dollar: the dearer hours, so that a cap holds at any time of the day. */
const flash: Prices = { input: 300_000, cached: 6_000, output: 1_200_000, source: 'table' }
const pro: Prices = { input: 1_320_000, cached: 44_000, output: 3_960_000, source: 'table' }

/** DeepSeek's service tells no prices. */
const deepSeek: Record<string, { prices: Prices; contextTokens: number }> = {
  'deepseek-flash': { prices: flash, contextTokens: 1_000_000 },
  'deepseek-v4-flash': { prices: flash, contextTokens: 1_000_000 },
  'deepseek-v4-pro': { prices: pro, contextTokens: 1_000_000 },
  // Names of models before these, where a server still takes them.
  'deepseek-chat': { prices: flash, contextTokens: 128_000 },
  'deepseek-reasoner': { prices: flash, contextTokens: 128_000 },
}

export function deepSeekModel(id: string): { prices: Prices; contextTokens: number } | null {
  return Object.hasOwn(deepSeek, id) ? (deepSeek[id] ?? null) : null
}

/**
 * OpenRouter's way of telling prices: US dollars for one token, as decimal text (`"0.00000014"`). Null where it is no
 * such price; the router's own `-1` means "depends".
 */
export function servicePrices(pricing: unknown): Prices | null {
  if (typeof pricing !== 'object' || pricing === null) return null
  const { prompt, completion, input_cache_read } = pricing as Record<string, unknown>
  const input = microsPerMillion(prompt)
  const output = microsPerMillion(completion)
  if (input === null || output === null) return null
  const cached = microsPerMillion(input_cache_read) ?? input
  return { input, cached, output, source: input === 0 && output === 0 ? 'free' : 'service' }
}

/** Dollars a token → millionths of a dollar for a million tokens, rounded up. */
function microsPerMillion(text: unknown): number | null {
  if (typeof text !== 'string' && typeof text !== 'number') return null
  if (text === '') return null
  const dollars = Number(text)
  if (!Number.isFinite(dollars) || dollars < 0 || dollars > 1) return null
  // Twelve places first: 0.00000014 × 10¹² is 139 999,99… in binary.
  return Math.ceil(Number((dollars * 1e12).toFixed(3)))
}
