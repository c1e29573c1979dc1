import type { JsonValue } from '../../json.ts'
import type { EngineRequest, FinishedCall, FinishedStep, ToolSpec } from '../engine.ts'
import type { PromptFiles } from './prompts.ts'

/**
 * The tools without which nothing is sold, with the arguments that matter. What is not named here waits for a model
 * with more room: the customer is then helped by a person or by the engine behind.
 */
const essential: Readonly<Record<string, readonly string[]>> = {
  search_products: ['query'],
  view_cart: [],
  set_cart_line: ['variantId', 'quantity'],
  remove_cart_line: ['variantId'],
  view_checkout: [],
  set_delivery: ['method', 'place', 'address'],
  set_contact: ['name', 'phone'],
  set_payment_method: ['payment'],
  summarize_order: [],
  place_order: ['summaryId'],
  order_status: [],
  shop_information: ['topic', 'query'],
  ask_owner: ['question'],
  hand_over: ['reason'],
}

const longestDescription = 90
const longestShop = 700
const mostProducts = 3

/**
 * The same step for a model that has room for little: the small policy, the tools that matter in few words, results cut
 * to their core. The head stays the same for all chats of a shop, as the long one does.
 */
export function leanStep(
  request: EngineRequest,
  prompts: PromptFiles,
): { request: EngineRequest; prompts: PromptFiles } {
  const { prompt } = request
  return {
    request: {
      ...request,
      tools: request.tools.flatMap(leanTool),
      steps: request.steps.map(leanResults),
      prompt: prompt === null ? null : { ...prompt, shopSummary: cut(prompt.shopSummary, longestShop) },
    },
    prompts: { ...prompts, policy: prompts.smallPolicy },
  }
}

function leanTool({ name, description, parameters }: ToolSpec): ToolSpec[] {
  const kept = essential[name]
  if (kept === undefined) return []
  const fields = fieldsOf(parameters)
  const properties = Object.entries(fieldsOf(fields.properties)).filter(([key]) => kept.includes(key))
  const required = Array.isArray(fields.required) ? fields.required : []
  return [
    {
      name,
      description: firstSentence(description),
      parameters: {
        type: 'object',
        properties: Object.fromEntries(properties.map(([key, schema]) => [key, bare(schema)])),
        required: required.filter((key) => typeof key === 'string' && kept.includes(key)),
      },
    },
  ]
}

/** A schema's shape without its words. */
function bare(schema: JsonValue): JsonValue {
  const { description, ...shape } = fieldsOf(schema)
  return shape
}

function firstSentence(text: string): string {
  const [first = ''] = text.split(/(?<=[.;:]) /)
  return cut(first, longestDescription)
}

function leanResults(step: FinishedStep): FinishedStep {
  return { ...step, calls: step.calls.map(leanCall) }
}

function leanCall(call: FinishedCall): FinishedCall {
  if (call.name !== 'search_products' || !call.result.ok) return call
  const data = fieldsOf(call.result.data)
  if (!Array.isArray(data.products)) return call
  const products = data.products.slice(0, mostProducts).map((product) => {
    const { description, attributes, category, brand, ...rest } = fieldsOf(product)
    return rest
  })
  return { ...call, result: { ok: true, data: { ...data, products } } }
}

function fieldsOf(value: JsonValue | undefined): { [key: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const line = text.lastIndexOf('\n', limit)
  return text.slice(0, line > limit / 2 ? line : limit).trimEnd()
}
