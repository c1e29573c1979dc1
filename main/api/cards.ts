import { actorOf, signedIn } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.cards

export const cards = {
  list: os.list.handler(({ context, input }) => {
    const { cards } = shopOf(context, input)
    const { state, text, limit, before } = input
    return { ...cards.list({ state, text, limit, before }), open: cards.countOpen() }
  }),
  get: os.get.handler(({ context, input }) => shopOf(context, input).cards.get(input.cardId)),
  answer: os.answer.handler(({ context, input }) => {
    const { storage, cards } = shopOf(context, input)
    const { cardId, answer, keep } = input
    return storage.write(actorOf(context), (tx) => cards.answer(tx, cardId, { answer, keep }))
  }),
  keep: os.keep.handler(({ context, input }) => {
    const { storage, cards } = shopOf(context, input)
    const { cardId, as, name, price } = input
    const keep = as === 'knowledge' ? { as, question: name } : { as, name, price }
    return storage.write(actorOf(context), (tx) => cards.keep(tx, cardId, keep))
  }),
  dismiss: os.dismiss.handler(({ context, input }) => {
    const { storage, cards } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => cards.dismiss(tx, input.cardId, { tell: input.tell }))
  }),
  ownerChats: os.ownerChats.handler(({ context, input }) => shopOf(context, input).ownerChats.list()),
  pair: os.pair.handler(({ context, input }) => {
    const { storage, ownerChats } = shopOf(context, input)
    const { person } = signedIn(context)
    return storage.write(actorOf(context), (tx) => ownerChats.pair(tx, input.channelAccountId, person.id))
  }),
  unpair: os.unpair.handler(({ context, input }) => {
    const { storage, ownerChats } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => ownerChats.unpair(tx, input.ownerChatId))
    return isDone
  }),
}
