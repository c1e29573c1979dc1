import { implementer, later } from './procedure.ts'

const os = implementer.cards

export const cards = {
  list: os.list.handler(later),
  get: os.get.handler(later),
  answer: os.answer.handler(later),
  keep: os.keep.handler(later),
  dismiss: os.dismiss.handler(later),
  ownerChats: os.ownerChats.handler(later),
  pair: os.pair.handler(later),
  unpair: os.unpair.handler(later),
}
