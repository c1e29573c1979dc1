import type { Answer } from './script.ts'
import { argumentsText, type Flavour } from './wire.ts'

/** The usage block as the services write it. */
export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_cache_hit_tokens?: number
  prompt_cache_miss_tokens?: number
  prompt_tokens_details?: { cached_tokens: number }
  cost?: number
}

/** US dollars for one token, as OpenRouter prints them. */
export interface FakePricing {
  prompt: string
  completion: string
  input_cache_read?: string
}

/** Counts four characters a token, and what an earlier prompt began with as cached, in blocks of 64 tokens. */
export class UsageCounter {
  #prompts: string[] = []

  count(flavour: Flavour, body: Record<string, unknown>, answer: Answer, pricing: FakePricing | null): Usage {
    const prompt = JSON.stringify([body.tools ?? [], body.messages ?? []])
    const input = tokensOf(prompt)
    const shared = Math.max(0, ...this.#prompts.map((earlier) => sharedLength(earlier, prompt)))
    const cached = Math.min(input, Math.floor(shared / 4 / 64) * 64)
    this.#prompts = [...this.#prompts, prompt].slice(-20)
    const written =
      (answer.reasoning ?? '') +
      (answer.text ?? '') +
      (answer.calls ?? []).map((call) => call.name + argumentsText(call.arguments)).join('')
    const output = tokensOf(written)
    const usage: Usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
    if (flavour === 'deepseek')
      return { ...usage, prompt_cache_hit_tokens: cached, prompt_cache_miss_tokens: input - cached }
    const detailed = { ...usage, prompt_tokens_details: { cached_tokens: cached } }
    if (flavour === 'custom' || pricing === null) return detailed
    const read = Number(pricing.input_cache_read ?? pricing.prompt)
    const cost =
      (input - cached) * Number(pricing.prompt) + cached * read + output * Number(pricing.completion)
    return { ...detailed, cost }
  }
}

export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

function sharedLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  return at
}
