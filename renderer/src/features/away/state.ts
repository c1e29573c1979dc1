import type { ReplyDraft } from '../../../../preload/contract/index.ts'

/** What the owner made of drafts here: words in the making, and what was put away but can still be taken back. */
export interface Reviewing {
  texts: Readonly<Record<string, string>>
  hidden: ReadonlySet<string>
}

export const nothingReviewed: Reviewing = { texts: {}, hidden: new Set() }

export function withText(state: Reviewing, draftId: string, text: string): Reviewing {
  return { ...state, texts: { ...state.texts, [draftId]: text } }
}

export function withHidden(state: Reviewing, draftId: string, hidden: boolean): Reviewing {
  const next = new Set(state.hidden)
  if (hidden) next.add(draftId)
  else next.delete(draftId)
  return { ...state, hidden: next }
}

/** Those that wait for a look: what is still being written comes last. */
export function reviewable(drafts: readonly ReplyDraft[], state: Reviewing): ReplyDraft[] {
  const shown = drafts.filter(
    ({ id, state: is }) => !state.hidden.has(id) && (is === 'ready' || is === 'failed' || is === 'waiting'),
  )
  return [
    ...shown.filter(({ state: is }) => is !== 'waiting'),
    ...shown.filter(({ state: is }) => is === 'waiting'),
  ]
}

/** The one after this; the one before it at the end; null when it was the last. */
export function nextOf(drafts: readonly ReplyDraft[], id: string): string | null {
  const at = drafts.findIndex((draft) => draft.id === id)
  if (at === -1) return drafts[0]?.id ?? null
  return drafts[at + 1]?.id ?? drafts[at - 1]?.id ?? null
}
