import { create } from 'zustand'
import type { ShopEvent } from '../../../preload/contract/index.ts'
import { noTyping, stepTyping, type TypingState } from './typing-state.ts'

/** How far a running exam is. */
export interface ExamProgress {
  runId: string
  done: number
  total: number
}

interface LiveStore {
  typing: TypingState
  exam: ExamProgress | null
  take(event: ShopEvent): void
}

/** What events say that is kept nowhere: who is typing, how far an exam is. */
export const useLiveStore = create<LiveStore>((set) => ({
  typing: noTyping,
  exam: null,
  take: (event) =>
    set((store) => ({
      typing: stepTyping(store.typing, event),
      exam: event.type === 'exam.progress' ? (event.payload.finished ? null : event.payload) : store.exam,
    })),
}))
