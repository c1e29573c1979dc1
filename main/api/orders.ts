import { createReadStream } from 'node:fs'
import { DomainError } from '../core/errors.ts'
import type { Order } from '../core/orders/order.ts'
import type { Shop } from '../core/shops/shop.ts'
import type { Tx } from '../core/storage/storage.ts'
import { type ApiContext, actorOf, signedIn } from './context.ts'
import { orderView } from './order-view.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.orders

/** What a receipt may be: a picture or a PDF, by its content. */
const receiptTypes = ['image/*', 'application/pdf']

export const orders = {
  list: os.list.handler(({ context, input }) => {
    const { filter, limit, before } = input
    return shopOf(context, input).orders.list(filter, { limit, before })
  }),
  counts: os.counts.handler(({ context, input }) => shopOf(context, input).orders.counts(input.filter)),
  get: os.get.handler(({ context, input }) =>
    orderView(context, shopOf(context, input).orders.get(input.orderId)),
  ),
  byNumber: os.byNumber.handler(({ context, input }) => {
    const order = shopOf(context, input).orders.byNumber(input.number)
    if (order === null) throw new DomainError('not_found', { entity: 'orders', number: input.number })
    return orderView(context, order)
  }),
  markSeen: os.markSeen.handler(({ context, input }) => {
    const { storage, orders: service } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => service.markSeen(tx, input.orderId))
    return isDone
  }),
  setState: os.setState.handler(({ context, input }) => {
    const { shop: _, orderId, ...change } = input
    return changed(context, input, (shop, tx) => shop.orders.setState(tx, orderId, change))
  }),
  addPayment: os.addPayment.handler(async ({ context, input }) => {
    const { shop: _, orderId, receiptUploadId, ...payment } = input
    const shop = shopOf(context, input)
    // Who may not pay has stored nothing.
    shop.orders.get(orderId)
    const receipt = await receiptOf(context, shop, receiptUploadId)
    const result = changed(context, input, (_, tx) =>
      shop.orders.addPayment(tx, orderId, { ...payment, receiptHash: receipt?.hash ?? null }),
    )
    receipt?.release()
    return result
  }),
  removePayment: os.removePayment.handler(({ context, input }) =>
    changed(context, input, (shop, tx) =>
      shop.orders.removePayment(tx, input.orderId, input.paymentId, input.expectedRevision),
    ),
  ),
  refund: os.refund.handler(({ context, input }) => {
    const { shop: _, orderId, ...payment } = input
    return changed(context, input, (shop, tx) => shop.orders.refund(tx, orderId, payment))
  }),
  edit: os.edit.handler(({ context, input }) => {
    const { shop: _, orderId, ...edit } = input
    return changed(context, input, (shop, tx) => shop.orders.edit(tx, orderId, edit))
  }),
  addNote: os.addNote.handler(({ context, input }) =>
    changed(context, input, (shop, tx) => shop.orders.addNote(tx, input.orderId, input.text)),
  ),
  counterSale: os.counterSale.handler(({ context, input }) => {
    const { shop: _, ...sale } = input
    return changed(context, input, (shop, tx) => shop.orders.counterSale(tx, sale))
  }),
  preview: os.preview.handler(({ context, input }) => {
    const { shop: _, ...lines } = input
    const { subtotal, discount, tax, total, problems } = shopOf(context, input).orders.preview(lines)
    return {
      subtotal,
      discount,
      tax,
      total,
      problems: problems.map(({ code, variantId, available }) => ({ code, variantId, available })),
    }
  }),
}

function changed(context: ApiContext, input: { shop: string }, work: (shop: Shop, tx: Tx) => Order) {
  const shop = shopOf(context, input)
  return orderView(
    context,
    shop.storage.write(actorOf(context), (tx) => work(shop, tx)),
  )
}

/** Keeps an uploaded receipt with the shop's files. @throws DomainError `upload.not_found`, `media.type_refused`, `media.too_large`. */
async function receiptOf(
  context: ApiContext,
  shop: Shop,
  uploadId: string | undefined,
): Promise<{ hash: string; release(): void } | null> {
  if (uploadId === undefined) return null
  const caller = signedIn(context)
  const upload = context.serving.upload(uploadId, caller.via === 'desk' ? caller.sessionId : 'door')
  if (upload === null) throw new DomainError('upload.not_found')
  const { hash } = await shop.media.put(createReadStream(upload.path), {
    allowed: receiptTypes,
    name: upload.fileName,
  })
  return { hash, release: () => upload.release() }
}
