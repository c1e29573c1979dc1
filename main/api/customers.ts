import type { Customer } from '../../preload/contract/index.ts'
import type { Shop } from '../core/shops/shop.ts'
import type { Tx } from '../core/storage/storage.ts'
import { type ApiContext, actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.customers

/** Orders that a customer's page shows; the rest is in the list of orders. */
const recentOrders = 50

export const customers = {
  list: os.list.handler(({ context, input }) => {
    const { shop: _, ...filter } = input
    return shopOf(context, input).customers.list(filter)
  }),
  get: os.get.handler(({ context, input }) => customerView(shopOf(context, input), input.customerId)),
  create: os.create.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => shop.customers.create(tx, input.customer)),
  ),
  update: os.update.handler(({ context, input }) =>
    changed(context, input, (shop, tx) =>
      shop.customers.update(tx, input.customerId, input.changes, input.expectedRevision),
    ),
  ),
  addAddress: os.addAddress.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => {
      shop.customers.addAddress(tx, input.customerId, input.address)
      return input.customerId
    }),
  ),
  removeAddress: os.removeAddress.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => {
      shop.customers.removeAddress(tx, input.customerId, input.addressId)
      return input.customerId
    }),
  ),
  addPreference: os.addPreference.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => {
      const { topic, text } = input
      shop.customers.addPreference(tx, input.customerId, { topic, text })
      return input.customerId
    }),
  ),
  removePreference: os.removePreference.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => {
      shop.customers.removePreference(tx, input.customerId, input.preferenceId)
      return input.customerId
    }),
  ),
  suggestions: os.suggestions.handler(({ context, input }) => shopOf(context, input).customers.suggestions()),
  merge: os.merge.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => {
      shop.customers.merge(tx, input.customerId, input.otherId)
      return input.customerId
    }),
  ),
  dismissSuggestion: os.dismissSuggestion.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    shop.storage.write(actorOf(context), (tx) => shop.customers.dismissSuggestion(tx, input.suggestionId))
    return isDone
  }),
  undoMerge: os.undoMerge.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => shop.customers.undoMerge(tx, input.mergeId)),
  ),
  exportData: os.exportData.handler(({ context, input }) =>
    shopOf(context, input).customers.personalData(input.customerId),
  ),
  erase: os.erase.handler(async ({ context, input }) => {
    await shopOf(context, input).erasure.erase(actorOf(context), input.customerId, input.confirmName)
    return isDone
  }),
}

/** Does the work as the caller and answers the customer that it gives the id of. */
function changed(
  context: ApiContext,
  input: { shop: string },
  work: (shop: Shop, tx: Tx) => string,
): Customer {
  const shop = shopOf(context, input)
  const id = shop.storage.write(actorOf(context), (tx) => work(shop, tx))
  return customerView(shop, id)
}

function customerView(shop: Shop, id: string): Customer {
  const detail = shop.customers.detail(id)
  const { items } = shop.orders.list({ customerId: detail.id }, { limit: recentOrders })
  return { ...detail, recentOrders: items }
}
