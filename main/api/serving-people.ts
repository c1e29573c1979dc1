import type { ReplyDraft } from '../../preload/contract/index.ts'
import type { ReplyDraftView } from '../core/drafts/draft.ts'
import { type ApiContext, actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.serving

export const serving = {
  settings: os.settings.handler(({ context, input }) => shopOf(context, input).serving.get()),
  set: os.set.handler(({ context, input }) => {
    const { storage, serving: settings } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => settings.set(tx, input.settings))
  }),
  state: os.state.handler(({ context, input }) => {
    const state = shopOf(context, input).wake.state()
    return { ...state, by: nameOf(context, state.by) }
  }),
  pause: os.pause.handler(({ context, input }) => {
    shopOf(context, input).wake.pause(actorOf(context))
    return isDone
  }),
  resume: os.resume.handler(({ context, input }) => {
    shopOf(context, input).wake.resume(actorOf(context))
    return isDone
  }),
  absences: os.absences.handler(({ context, input }) => shopOf(context, input).wake.absences()),
  seen: os.seen.handler(({ context, input }) => {
    shopOf(context, input).wake.seen(actorOf(context), input.absenceId)
    return isDone
  }),
}

const draftCalls = implementer.drafts

export const drafts = {
  list: draftCalls.list.handler(({ context, input }) => shopOf(context, input).drafts.list().map(draftView)),
  get: draftCalls.get.handler(({ context, input }) =>
    draftView(shopOf(context, input).drafts.get(input.draftId)),
  ),
  send: draftCalls.send.handler(({ context, input }) => ({
    messageId: shopOf(context, input).drafts.send(actorOf(context), input.draftId, input.text),
  })),
  dismiss: draftCalls.dismiss.handler(({ context, input }) => {
    shopOf(context, input).drafts.dismiss(actorOf(context), input.draftId)
    return isDone
  }),
  retry: draftCalls.retry.handler(({ context, input }) => {
    shopOf(context, input).drafts.retry(actorOf(context), input.draftId)
    return isDone
  }),
}

/** A person's name in place of their id; null for who has none, and for what was done without a person. */
function nameOf(context: ApiContext, actor: string | null): string | null {
  if (actor?.startsWith('person:') !== true) return null
  return context.serving.people.person(actor.slice('person:'.length))?.name || null
}

function draftView(draft: ReplyDraftView): ReplyDraft {
  const { id, conversationId, customer, state, asked, text, engine, error, createdAt } = draft
  return { id, conversationId, customer, state, asked, text, engine, error, createdAt }
}
