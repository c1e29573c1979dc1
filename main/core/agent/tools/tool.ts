import type { z } from 'zod'
import type { OutboundPayload } from '../../channels/channel.ts'
import type { JsonValue } from '../../json.ts'
import type { Tx } from '../../storage/storage.ts'
import type { Citation, Fact } from '../facts.ts'

/** Whom a tool acts for. A tool gets nothing else, so it cannot act for another customer. */
export interface ToolContext {
  conversationId: string
  customerId: string
  turnId: string
  locale: string
  language: 'es' | 'en'
  /** Ids that earlier tool results of this conversation returned; a tool takes no others. */
  seen: ReadonlySet<string>
  signal: AbortSignal
}

/** What a call gave: data for the engine, facts for the gate, rows for the commit, things to send along. */
export interface ToolOutcome {
  /** Shown to the engine. Amounts are {amount, currency, text}. */
  data: JsonValue
  facts: Fact[]
  cites: Citation[]
  /** Sent with the reply, after its text. */
  attachments?: OutboundPayload[]
  /** Ends the turn with the conversation handed to a person. */
  handOver?: { reason: string }
}

interface ToolBase<Input extends z.ZodType> {
  readonly name: string
  readonly description: string
  readonly input: Input
}

/** Reads only; may be asynchronous; runs outside any transaction. */
export interface ReadTool<Input extends z.ZodType = z.ZodType> extends ToolBase<Input> {
  readonly effect: false
  run(context: ToolContext, input: z.output<Input>): Promise<ToolOutcome>
}

/** Changes something: synchronous, in the transaction that also journals its result. */
export interface EffectTool<Input extends z.ZodType = z.ZodType> extends ToolBase<Input> {
  readonly effect: true
  run(context: ToolContext, tx: Tx, input: z.output<Input>): ToolOutcome
}

export type Tool = ReadTool | EffectTool
