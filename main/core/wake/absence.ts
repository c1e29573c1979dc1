export type AbsenceReason = 'off' | 'asleep' | 'disconnected' | 'paused'

/** A time in which customers could not be answered, and what came in it. */
export interface Absence {
  id: string
  reason: AbsenceReason
  /** Null: all channels. */
  channelAccountId: string | null
  startedAt: string
  /** Null while it lasts. */
  endedAt: string | null
  /** Customers' messages that came in it. */
  messages: number
  /** Conversations they are of. */
  conversations: number
  /** Conversations of those in which the assistant has answered since. */
  answered: number
  /** Drafts that wait for a look because of it. */
  drafts: number
}
