import type { Conversation, ConversationMode } from '../../../../preload/contract/index.ts'

/** What the list shows. `waiting`: a person is needed or has it, and it is not done. */
export const listFilters = ['all', 'unread', 'waiting', 'bot', 'paused', 'done'] as const
export type ListFilter = (typeof listFilters)[number]

/** The part of a filter that the app looks for. */
export function askedBy(filter: ListFilter): {
  mode?: ConversationMode
  only?: 'unread' | 'waiting' | 'done'
} {
  switch (filter) {
    case 'all':
      return {}
    case 'bot':
    case 'paused':
      return { mode: filter }
    case 'unread':
    case 'waiting':
    case 'done':
      return { only: filter }
  }
}

/** Done conversations leave every list but their own; a search finds them still. */
export function shownIn(
  conversations: readonly Conversation[],
  filter: ListFilter,
  text: string,
): Conversation[] {
  if (text !== '') return [...conversations]
  return conversations.filter(({ doneAt }) => (doneAt !== null) === (filter === 'done'))
}

/** What is being written in a conversation; it outlives a change of screen and a lost connection. */
export interface Draft {
  message: string
  note: string
  kind: 'message' | 'note'
  /** A picture or PDF that goes with the message. */
  file: File | null
  /** The message came from the assistant: `replaced` when its words were exchanged for plain facts. */
  suggested: 'as_written' | 'replaced' | null
}
export type Drafts = Readonly<Record<string, Draft>>

export const noDrafts: Drafts = {}
export const emptyDraft: Draft = { message: '', note: '', kind: 'message', file: null, suggested: null }

/** What was suggested is no suggestion any more once nothing of it is left. */
export function withDraft(drafts: Drafts, conversationId: string, changes: Partial<Draft>): Drafts {
  const next = { ...(drafts[conversationId] ?? emptyDraft), ...changes }
  if (next.message.trim() === '') next.suggested = null
  return { ...drafts, [conversationId]: next }
}

/** A suggestion goes below what was written already, never over it. */
export function withSuggestion(
  drafts: Drafts,
  conversationId: string,
  suggestion: { text: string; ok: boolean },
): Drafts {
  const written = drafts[conversationId]?.message.trimEnd() ?? ''
  return withDraft(drafts, conversationId, {
    kind: 'message',
    message: written === '' ? suggestion.text : `${written}\n${suggestion.text}`,
    suggested: suggestion.ok ? 'as_written' : 'replaced',
  })
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

/** Reasons that say something; where the owner took or paused it, nothing needs to be said. */
const knownReasons = [
  'asked',
  'complaint',
  'not_understood',
  'appointment',
  'order',
  'other',
  'known_before',
  'owner_wrote_first',
  'scope',
  'never',
  'group',
  'opted_out',
  'ceiling',
  'not_delivered',
  'not_sent',
  'wrote_outside',
  'draft_sent',
  'voice_note',
  'assigned',
  'returned',
  'ceiling_over',
  'loop_bot',
  'loop_repeats',
  'loop_echo',
  'loop_pace',
  'erased',
] as const
export type KnownReason = (typeof knownReasons)[number] | 'loop' | 'failed'

/** What is known of a reason that the app gives. */
export function knownReason(reason: string): KnownReason | null {
  if (reason === 'turn_failed') return 'failed'
  return knownReasons.find((each) => each === reason) ?? (reason.startsWith('loop') ? 'loop' : null)
}

/** Why a conversation is not with the assistant, or came back to it by itself; an own act needs no reason. */
export function reasonOf(conversation: Pick<Conversation, 'mode' | 'modeReason'>): KnownReason | null {
  const { mode, modeReason } = conversation
  const cameBack = modeReason === 'returned' || modeReason === 'ceiling_over'
  return mode === 'bot' && !cameBack ? null : knownReason(modeReason)
}

/** Up to two letters that stand for a person. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
