import type { Conversation, ConversationMode } from '../../../../preload/contract/index.ts'

export type ModeFilter = 'all' | ConversationMode
export const modeFilters: readonly ModeFilter[] = ['all', 'bot', 'person', 'paused']

/** What is being written in a conversation; it outlives a change of screen and a lost connection. */
export interface Draft {
  message: string
  note: string
  kind: 'message' | 'note'
}
export type Drafts = Readonly<Record<string, Draft>>

export const noDrafts: Drafts = {}
export const emptyDraft: Draft = { message: '', note: '', kind: 'message' }

export function withDraft(drafts: Drafts, conversationId: string, changes: Partial<Draft>): Drafts {
  return { ...drafts, [conversationId]: { ...(drafts[conversationId] ?? emptyDraft), ...changes } }
}

/** What may be done about who answers: the mode itself is never offered. */
export function actionsFor(mode: ConversationMode): ('take' | 'handBack' | 'pause')[] {
  switch (mode) {
    case 'bot':
      return ['take', 'pause']
    case 'person':
      return ['handBack', 'pause']
    case 'paused':
      return ['take', 'handBack']
  }
}

const knownReasons = [
  'asked',
  'complaint',
  'not_understood',
  'appointment',
  'order',
  'loop',
  'failed',
  'other',
] as const
type KnownReason = (typeof knownReasons)[number]

/** What is known of a reason that the app gives: the guard against loops says more than an owner needs. */
export function knownReason(reason: string): KnownReason | null {
  if (reason.startsWith('loop')) return 'loop'
  if (reason === 'turn_failed') return 'failed'
  return knownReasons.find((each) => each === reason) ?? null
}

/** Why a conversation came to the owner; an own take-over needs no reason. */
export function reasonOf(conversation: Pick<Conversation, 'mode' | 'modeReason'>): KnownReason | null {
  return conversation.mode === 'bot' ? null : knownReason(conversation.modeReason)
}
