import { DomainError } from '../core/errors.ts'
import { actorOf } from './context.ts'
import { detailView, listView, messageView } from './conversation-view.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.conversations

export const conversations = {
  list: os.list.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    const { mode, text, limit, before } = input
    const found = shop.conversations.list({ mode, text, before, limit: limit + 1 })
    return { items: listView(shop, found.slice(0, limit)), more: found.length > limit }
  }),
  get: os.get.handler(({ context, input }) => detailView(shopOf(context, input), input.conversationId)),
  messages: os.messages.handler(({ context, input }) => {
    const { conversationId, before, limit } = input
    const found = shopOf(context, input).conversations.messages({ conversationId, before, limit: limit + 1 })
    return { items: found.slice(-limit).map(messageView), more: found.length > limit }
  }),
  take: os.take.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    shop.conversations.take(actorOf(context), input.conversationId)
    return detailView(shop, input.conversationId)
  }),
  handBack: os.handBack.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    shop.conversations.handBack(actorOf(context), input.conversationId)
    return detailView(shop, input.conversationId)
  }),
  pause: os.pause.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    shop.conversations.pause(actorOf(context), input.conversationId)
    return detailView(shop, input.conversationId)
  }),
  send: os.send.handler(({ context, input }) => ({
    messageId: shopOf(context, input).conversations.send(actorOf(context), input.conversationId, input.text),
  })),
  note: os.note.handler(({ context, input }) => ({
    messageId: shopOf(context, input).conversations.note(actorOf(context), input.conversationId, input.text),
  })),
  assign: os.assign.handler(notYet),
  suggest: os.suggest.handler(notYet),
  setAnswer: os.setAnswer.handler(notYet),
  markRead: os.markRead.handler(({ context, input }) => {
    shopOf(context, input).conversations.markRead(actorOf(context), input.conversationId)
    return isDone
  }),
  markDone: os.markDone.handler(({ context, input }) => {
    shopOf(context, input).conversations.markDone(actorOf(context), input.conversationId, input.done)
    return isDone
  }),
}

/** Being built. */
function notYet(): never {
  throw new DomainError('not_found')
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
