import type { OwnFile } from '../core/conversations/conversation.ts'
import { DomainError } from '../core/errors.ts'
import { type ApiContext, actorOf, signedIn } from './context.ts'
import { detailView, listView, messageView } from './conversation-view.ts'
import { withoutEngine } from './engine-errors.ts'
import { implementer, isDone, shopOf } from './procedure.ts'
import { keepUpload } from './uploads.ts'

const os = implementer.conversations
type Named = { shop: string; conversationId: string }

export const conversations = {
  list: os.list.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    const { mode, only, text, limit, before } = input
    const person = signedIn(context).person.id
    const found = shop.conversations.list({ mode, only, person, text, before, limit: limit + 1 })
    return { items: listView(context, shop, found.slice(0, limit)), more: found.length > limit }
  }),
  get: os.get.handler(({ context, input }) => shown(context, input)),
  messages: os.messages.handler(({ context, input }) => {
    const { conversationId, before, limit } = input
    const found = shopOf(context, input).conversations.messages({ conversationId, before, limit: limit + 1 })
    return { items: found.slice(-limit).map(messageView), more: found.length > limit }
  }),
  take: os.take.handler(({ context, input }) => {
    shopOf(context, input).conversations.take(actorOf(context), input.conversationId)
    return shown(context, input)
  }),
  handBack: os.handBack.handler(({ context, input }) => {
    shopOf(context, input).conversations.handBack(actorOf(context), input.conversationId)
    return shown(context, input)
  }),
  pause: os.pause.handler(({ context, input }) => {
    shopOf(context, input).conversations.pause(actorOf(context), input.conversationId)
    return shown(context, input)
  }),
  send: os.send.handler(async ({ context, input }) => {
    const shop = shopOf(context, input)
    const { conversationId, text, uploadId } = input
    const send = (file?: OwnFile) => ({
      messageId: shop.conversations.send(actorOf(context), conversationId, text, file),
    })
    if (uploadId === undefined) return send()
    shop.conversations.get(conversationId)
    return await keepUpload(context, shop, uploadId, ['image/*', 'application/pdf'], send)
  }),
  note: os.note.handler(({ context, input }) => ({
    messageId: shopOf(context, input).conversations.note(actorOf(context), input.conversationId, input.text),
  })),
  assign: os.assign.handler(({ context, input }) => {
    const { conversationId, personId } = input
    if (personId !== null && context.serving.people.person(personId) === null)
      throw new DomainError('person.not_found', { id: personId })
    shopOf(context, input).conversations.assign(actorOf(context), conversationId, personId)
    return shown(context, input)
  }),
  suggest: os.suggest.handler(async ({ context, input, signal }) => {
    const { suggestions } = shopOf(context, input)
    try {
      return await suggestions.suggest(input.conversationId, signal ?? new AbortController().signal)
    } catch (error) {
      throw withoutEngine(error)
    }
  }),
  setAnswer: os.setAnswer.handler(({ context, input }) => {
    const { storage, governor, conversations: all } = shopOf(context, input)
    const { accountId, chatId } = all.get(input.conversationId)
    storage.write(actorOf(context), (tx) => governor.setChat(tx, accountId, chatId, input.answer))
    return shown(context, input)
  }),
  markRead: os.markRead.handler(({ context, input }) => {
    shopOf(context, input).conversations.markRead(actorOf(context), input.conversationId)
    return isDone
  }),
  markDone: os.markDone.handler(({ context, input }) => {
    shopOf(context, input).conversations.markDone(actorOf(context), input.conversationId, input.done)
    return isDone
  }),
}

function shown(context: ApiContext, input: Named) {
  return detailView(context, shopOf(context, input), input.conversationId)
}

export const chat = {
  open: implementer.chat.open.handler(({ context, input }) => ({
    conversationId: shopOf(context, input).chat.open(input.as),
  })),
  say: implementer.chat.say.handler(({ context, input }) =>
    shopOf(context, input).chat.say(input.conversationId, input.text),
  ),
  ask: implementer.chat.ask.handler(({ context, input, signal }) =>
    shopOf(context, input).chat.ask(input.as, input.text, signal),
  ),
}

export const traces = {
  get: implementer.traces.get.handler(({ context, input }) => {
    const trace = shopOf(context, input).conversations.trace(input.messageId)
    if (trace === null) throw new DomainError('not_found', { entity: 'traces', id: input.messageId })
    return trace
  }),
}
