import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.selling

export const selling = {
  settings: os.settings.handler(({ context, input }) => shopOf(context, input).selling.get()),
  setSettings: os.setSettings.handler(({ context, input }) => {
    const { storage, selling: settings } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => settings.set(tx, input.changes))
  }),
  discounts: os.discounts.handler(({ context, input }) => shopOf(context, input).discounts.list()),
  addDiscount: os.addDiscount.handler(({ context, input }) => {
    const { storage, discounts } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => discounts.add(tx, input.discount))
  }),
  changeDiscount: os.changeDiscount.handler(({ context, input }) => {
    const { storage, discounts } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => discounts.change(tx, input.discountId, input.discount))
  }),
  removeDiscount: os.removeDiscount.handler(({ context, input }) => {
    const { storage, discounts } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => discounts.remove(tx, input.discountId))
    return isDone
  }),
}
