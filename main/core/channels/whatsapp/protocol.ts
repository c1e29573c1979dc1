import { z } from 'zod'

/**
 * What the app and the WhatsApp process say to each other. One process is one life of one browser: it ends when the
 * browser dies, hangs or is logged out, and the app decides whether another one is started. Both sides check what they
 * read.
 */

/** Given as the process's only argument, JSON. Times are ms since the epoch, sizes bytes. */
export const startSchema = z.object({
  /** Absolute; the browser's profile lies in it, and files that came in under `incoming/`. */
  folder: z.string(),
  browser: z.object({ path: z.string(), userAgent: z.string() }),
  /** Messages older than this are history and not told, except those that somebody has not read yet. */
  since: z.number().nullable(),
  groups: z.boolean(),
  /** Resident memory of the browser and its children above which it asks to be started again at a quiet moment. */
  memoryLimit: z.number(),
  /** True after a pairing was never finished: chats of that moment are told with the first `ready`. */
  tellChats: z.boolean(),
})
export type StartOptions = z.output<typeof startSchema>

const attachmentSchema = z.object({
  kind: z.enum(['photo', 'document', 'voice', 'video', 'location', 'sticker', 'other']),
  mime: z.string().optional(),
  name: z.string().optional(),
  size: z.number().optional(),
  reference: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** `InboundMessage` of the channel port. */
export const inboundSchema = z.object({
  chatId: z.string(),
  chatKind: z.enum(['private', 'group', 'broadcast']),
  externalId: z.string(),
  from: z.object({
    externalId: z.string(),
    name: z.string(),
    username: z.string().optional(),
    phone: z.string().optional(),
    isBot: z.boolean(),
    languageCode: z.string().optional(),
  }),
  sentAt: z.number(),
  text: z.string(),
  replyToExternalId: z.string().optional(),
  attachments: z.array(attachmentSchema),
  own: z.boolean(),
  chatName: z.string().optional(),
  addressed: z.boolean().optional(),
  chatIsOlder: z.boolean().optional(),
  missed: z.boolean().optional(),
})

export const outcomeSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('sent'), externalId: z.string(), sentAt: z.number() }),
  z.object({ state: z.literal('later'), afterMs: z.number(), reason: z.string() }),
  z.object({ state: z.literal('failed'), reason: z.string() }),
  z.object({ state: z.literal('queued'), externalId: z.string().nullable(), reason: z.string() }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
])

export const orderSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('send'),
    id: z.int(),
    chatId: z.string(),
    payload: z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), text: z.string(), replyToExternalId: z.string().optional() }),
      z.object({
        type: z.literal('file'),
        path: z.string(),
        mime: z.string(),
        name: z.string().nullable(),
        caption: z.string(),
        asDocument: z.boolean(),
      }),
    ]),
  }),
  /** Shows "typing…" until the next send, `paused`, or some seconds. */
  z.object({ type: z.literal('typing'), chatId: z.string(), on: z.boolean() }),
  z.object({ type: z.literal('seen'), chatId: z.string() }),
  z.object({ type: z.literal('fetch'), id: z.int(), messageId: z.string(), chatId: z.string() }),
  z.object({ type: z.literal('abort'), id: z.int() }),
  /** What was told under this number is committed. Until then it is told again after a pause. */
  z.object({ type: z.literal('stored'), id: z.int() }),
  /** It could not be committed (full disk): tell it again after a pause. */
  z.object({ type: z.literal('not_stored'), id: z.int() }),
  /** Look for what happened in these chats while nobody listened; `after` is the newest message known here. */
  z.object({
    type: z.literal('catch_up'),
    chats: z.array(z.object({ chatId: z.string(), after: z.number() })),
  }),
  z.object({ type: z.literal('rules'), groups: z.boolean() }),
  z.object({ type: z.literal('refresh_code') }),
  z.object({ type: z.literal('use_here') }),
  /** Ends the session on the phone, then as `stop`. */
  z.object({ type: z.literal('unlink') }),
  /** Closes the browser properly, says `ended` and exits. */
  z.object({ type: z.literal('stop') }),
])
export type Order = z.output<typeof orderSchema>

export const fromProcessSchema = z.discriminatedUnion('type', [
  /** The browser runs; its process group is ended with this one. */
  z.object({ type: z.literal('browser'), pid: z.int(), version: z.string() }),
  z.object({ type: z.literal('step'), step: z.enum(['browser', 'page', 'syncing']) }),
  z.object({ type: z.literal('code'), qr: z.string().nullable() }),
  /** The phone has scanned the code in this life. */
  z.object({ type: z.literal('paired') }),
  /** Chats of the moment of pairing. To be answered by `stored`; messages wait for that. */
  z.object({
    type: z.literal('chats'),
    id: z.int(),
    chats: z.array(z.object({ chatId: z.string(), name: z.string(), phone: z.string().nullable() })),
  }),
  /** May repeat. `phone`: digits of the account. */
  z.object({ type: z.literal('ready'), name: z.string(), phone: z.string() }),
  /** The phone or the line is away; the page goes on trying by itself. */
  z.object({ type: z.literal('offline') }),
  z.object({ type: z.literal('message'), id: z.int(), message: inboundSchema }),
  z.object({
    type: z.literal('edit'),
    id: z.int(),
    edit: z.object({ chatId: z.string(), externalId: z.string(), text: z.string(), at: z.number() }),
  }),
  z.object({
    type: z.literal('removal'),
    id: z.int(),
    removal: z.object({ chatId: z.string(), externalId: z.string(), at: z.number() }),
  }),
  z.object({
    type: z.literal('delivered'),
    id: z.int(),
    receipt: z.object({ chatId: z.string(), externalId: z.string(), at: z.number() }),
  }),
  z.object({ type: z.literal('outcome'), id: z.int(), outcome: outcomeSchema }),
  /** The file lies at `path`; whoever asked moves or deletes it. */
  z.object({ type: z.literal('fetched'), id: z.int(), path: z.string() }),
  z.object({ type: z.literal('not_fetched'), id: z.int(), reason: z.enum(['gone', 'too_large', 'later']) }),
  /** Every five seconds, whatever happens; none for thirty means that the process hangs. Bytes. */
  z.object({ type: z.literal('beat'), memory: z.number(), processes: z.int(), heavy: z.boolean() }),
  /** The last message of a life. */
  z.object({
    type: z.literal('ended'),
    reason: z.enum([
      'stopped',
      'logged_out',
      'conflict',
      'browser_died',
      'page_died',
      'page_hung',
      'not_ready',
      'unreachable',
      'failed',
    ]),
    detail: z.string().optional(),
  }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    event: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  }),
])
export type FromProcess = z.output<typeof fromProcessSchema>

/** Null for what does not follow the protocol. */
export function readFromProcess(raw: unknown): FromProcess | null {
  const parsed = fromProcessSchema.safeParse(raw)
  return parsed.success ? parsed.data : null
}

/** Null for what does not follow the protocol. */
export function readOrder(raw: unknown): Order | null {
  const parsed = orderSchema.safeParse(raw)
  return parsed.success ? parsed.data : null
}
