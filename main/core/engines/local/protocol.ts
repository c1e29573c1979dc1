import { z } from 'zod'
import { errorCodes } from '../../errors.ts'
import type { JsonValue } from '../../json.ts'
import type { EngineErrorCode } from '../engine.ts'
import type { GenerateRequest, Measured, ModelFacts } from './model-host.ts'

/** What host and model process say to each other: JSON, checked on both sides. */

const count = z.int().min(0)
const gpu = z.enum(['cuda', 'vulkan', 'metal']).nullable()

/** What came over as JSON is JSON. */
const json = z.custom<JsonValue>()

const promptCall = z.object({ id: z.string(), name: z.string(), arguments: json })
const promptMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), text: z.string(), droppable: z.boolean().optional() }),
  z.object({
    role: z.literal('assistant'),
    text: z.string(),
    calls: z.array(promptCall),
    droppable: z.boolean().optional(),
  }),
  z.object({ role: z.literal('tool'), callId: z.string(), name: z.string(), result: z.string() }),
])

const order = { id: count, file: z.string().min(1) }

const toProcess = z.discriminatedUnion('type', [
  z.object({
    ...order,
    type: z.literal('generate'),
    conversation: z.object({ version: z.string(), head: z.string(), messages: z.array(promptMessage) }),
    tools: z.array(z.object({ name: z.string(), description: z.string(), parameters: json })),
    affinity: z.string(),
    maxTokens: z.int().min(1),
    contextTokens: z.int().min(256).nullable(),
    /** Null: one less than the processor has cores. */
    threads: z.int().min(1).nullable(),
  }),
  z.object({
    ...order,
    type: z.literal('embed'),
    texts: z.array(z.string()),
    threads: z.int().min(1).nullable(),
  }),
  z.object({ ...order, type: z.literal('inspect') }),
  z.object({ ...order, type: z.literal('measure') }),
  z.object({ type: z.literal('abort'), id: count }),
  /** From the process in which a binary is tried, word for word. */
  z.object({ type: z.literal('trial_said'), trial: count, message: json }),
  z.object({ type: z.literal('trial_over'), trial: count, code: z.int().nullable() }),
])

export type ToProcess = z.infer<typeof toProcess>
export type Order = Extract<ToProcess, { file: string }>
export type GenerateOrder = Extract<Order, { type: 'generate' }>

/** What may go wrong in the process, told by its code. `aborted` answers an abort. */
const engineCodes = [
  'context_too_long',
  'invalid_answer',
  'model_missing',
  'service_failed',
  'off',
] as const satisfies readonly EngineErrorCode[]
const failureCode = z.enum([...engineCodes, ...errorCodes, 'aborted'])
export type FailureCode = z.infer<typeof failureCode>

const measured: z.ZodType<Measured> = z.object({
  threads: z.int().min(1),
  prefillPerSecond: z.number(),
  decodePerSecond: z.number(),
  gpu,
  tier: z.enum(['fast', 'fair', 'slow']),
  measuredAt: z.string(),
})

const facts: z.ZodType<ModelFacts> = z.object({
  name: z.string(),
  architecture: z.string(),
  kind: z.enum(['chat', 'embedding', 'other']),
  size: count,
  contextTokens: count,
  parameters: count.nullable(),
  quantization: z.string().nullable(),
  chatTemplate: z.boolean(),
  tools: z.boolean(),
  fit: z.object({
    verdict: z.enum(['good', 'tight', 'too_large']),
    memory: count,
    contextTokens: count,
    gpuLayers: count,
  }),
  embeddingDimensions: count.nullable(),
})

const fromProcess = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('state'),
    chatFile: z.string().nullable(),
    embeddingFile: z.string().nullable(),
    gpu,
    /** Whether it works with the CUDA build that it was given; null before it was tried, and where there is none. */
    cuda: z.boolean().nullable(),
    memory: count,
  }),
  /** How far an order is; `loading` has no counts. */
  z.object({
    type: z.literal('progress'),
    id: count,
    phase: z.enum(['loading', 'prefill', 'decode']),
    done: count,
    total: count,
  }),
  z.object({ type: z.literal('text'), id: count, delta: z.string() }),
  z.object({ type: z.literal('call'), id: count, name: z.string(), arguments: z.string() }),
  z.object({
    type: z.literal('end'),
    id: count,
    inputTokens: count,
    cachedTokens: count,
    outputTokens: count,
    firstTokenMs: z.number(),
    droppedMessages: count,
    cut: z.boolean(),
  }),
  /** Vectors as base64 of little-endian 32-bit floats. */
  z.object({ type: z.literal('vectors'), id: count, vectors: z.array(z.string()) }),
  z.object({ type: z.literal('facts'), id: count, facts }),
  z.object({ type: z.literal('measured'), id: count, measured }),
  z.object({ type: z.literal('failed'), id: count, code: failureCode, detail: z.string() }),
  z.object({ type: z.literal('log'), level: z.enum(['warn', 'error']), text: z.string() }),
  /** It wants a binary tried in a process of its own, which it cannot start itself. */
  z.object({ type: z.literal('trial_start'), trial: count }),
  z.object({ type: z.literal('trial_say'), trial: count, message: json }),
  z.object({ type: z.literal('trial_end'), trial: count }),
])

export type FromProcess = z.infer<typeof fromProcess>

/** Null for what is no message of this protocol. */
export function readToProcess(message: unknown): ToProcess | null {
  const { success, data } = toProcess.safeParse(message)
  return success ? data : null
}

/** Null for what is no message of this protocol. */
export function readFromProcess(message: unknown): FromProcess | null {
  const { success, data } = fromProcess.safeParse(message)
  return success ? data : null
}

export function generateOrder(id: number, request: GenerateRequest, threads: number | null): GenerateOrder {
  const { file, conversation, tools, affinity, maxTokens, contextTokens } = request
  return {
    type: 'generate',
    id,
    file,
    conversation,
    tools: [...tools],
    affinity,
    maxTokens,
    contextTokens,
    threads,
  }
}

/** What the process is started with, as its only argument. */
const startOptions = z.object({
  /** Folder for saved prefixes, which may be deleted at any time; null for a process that only inspects. */
  statesFolder: z.string().nullable(),
  /** Bytes that saved prefixes may take. */
  stateBytes: count,
  /** The fetched CUDA build: `CudaChoice`. */
  cuda: z.object({ version: z.string(), folders: z.record(z.string(), z.string()) }).nullable(),
})
export type StartOptions = z.infer<typeof startOptions>

export function readStartOptions(argument: string | undefined): StartOptions {
  return startOptions.parse(JSON.parse(argument ?? ''))
}

export function encodeVector(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')
}

export function decodeVector(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  const vector = new Float32Array(Math.floor(bytes.length / 4))
  for (let at = 0; at < vector.length; at++) vector[at] = bytes.readFloatLE(at * 4)
  return vector
}
