export type DraftState = 'waiting' | 'ready' | 'sent' | 'dismissed' | 'overtaken' | 'failed'

/** A reply to old messages that leaves only when a person sends it. */
export interface ReplyDraft {
  seq: number
  id: string
  conversationId: string
  state: DraftState
  /** The conversation's when it was asked for. */
  epoch: number
  firstMessageSeq: number
  /** The newest message of the conversation that it knows of. */
  lastMessageSeq: number
  text: string
  engine: string | null
  /** Code of why none could be written. */
  error: string | null
  attempts: number
  createdAt: string
}

/** A draft as people look at it. */
export interface ReplyDraftView extends ReplyDraft {
  customer: { id: string; name: string }
  /** What the customer wrote, oldest first. */
  asked: { text: string; at: string }[]
}
