import type { OutboundPayload } from '../channels/channel.ts'

export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled'

export interface OutboxRow {
  seq: number
  id: string
  conversationId: string
  accountId: string
  chatId: string
  messageId: string
  part: number
  author: 'agent' | 'person' | 'system'
  payload: OutboundPayload
  state: OutboxState
  attempts: number
  notBefore: string | null
  /** Since when it waits to be sent: when it was said, or the owner wanted it sent again. UTC ISO 8601. */
  queuedAt: string
}

export interface UnknownSend {
  id: string
  conversationId: string
  messageId: string
  text: string
  at: string
}

/** A row as the database gives it, with its conversation's present epoch. */
export interface Row {
  seq: number
  id: string
  conversation_id: string
  channel_account_id: string
  chat_id: string
  message_id: string
  part: number
  author: 'agent' | 'person' | 'system'
  payload: string
  state: OutboxState
  attempts: number
  not_before: string | null
  created_at: string
  external_id: string | null
  epoch: number
  conversation_epoch: number
}

export const selectRow = `SELECT o.seq, o.id, o.conversation_id, o.channel_account_id, c.chat_id, o.message_id, o.part, o.author,
    o.payload, o.state, o.attempts, o.not_before, o.created_at, o.external_id, o.epoch, c.epoch AS conversation_epoch
  FROM outbox o JOIN conversations c ON c.id = o.conversation_id`

/** The text of a part as the customer sees it. */
export function payloadText(payload: OutboundPayload): string {
  return payload.type === 'text' ? payload.text : payload.caption
}

export function parsePayload(json: string): OutboundPayload {
  // Written by enqueue from this very type; the column is ours alone.
  return JSON.parse(json) as OutboundPayload
}

export function toRow(row: Row): OutboxRow {
  return {
    seq: row.seq,
    id: row.id,
    conversationId: row.conversation_id,
    accountId: row.channel_account_id,
    chatId: row.chat_id,
    messageId: row.message_id,
    part: row.part,
    author: row.author,
    payload: parsePayload(row.payload),
    state: row.state,
    attempts: row.attempts,
    notBefore: row.not_before,
    queuedAt: row.created_at,
  }
}
