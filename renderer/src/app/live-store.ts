import { create } from 'zustand'
import type { ShopEvent } from '../../../preload/contract/index.ts'
import { type Calls, noCalls, stepCalls, withoutCall } from '../features/calls/state.ts'
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
  calls: Calls
  take(event: ShopEvent): void
  /** Somebody looks at the conversation that called. */
  answerCall(conversationId: string): void
}

/** What events say that is kept nowhere: who is typing, which conversations called, how far an exam is. */
export const useLiveStore = create<LiveStore>((set) => ({
  typing: noTyping,
  exam: null,
  calls: noCalls,
  take: (event) =>
    set((store) => ({
      typing: stepTyping(store.typing, event),
      calls: stepCalls(store.calls, event),
      exam: event.type === 'exam.progress' ? (event.payload.finished ? null : event.payload) : store.exam,
    })),
  answerCall: (conversationId) => set((store) => ({ calls: withoutCall(store.calls, conversationId) })),
}))
