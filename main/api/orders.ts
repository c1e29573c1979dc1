import { implementer, later } from './procedure.ts'

const os = implementer.orders

export const orders = {
  list: os.list.handler(later),
  counts: os.counts.handler(later),
  get: os.get.handler(later),
  byNumber: os.byNumber.handler(later),
  markSeen: os.markSeen.handler(later),
  setState: os.setState.handler(later),
  addPayment: os.addPayment.handler(later),
  removePayment: os.removePayment.handler(later),
  refund: os.refund.handler(later),
  edit: os.edit.handler(later),
  addNote: os.addNote.handler(later),
  counterSale: os.counterSale.handler(later),
  preview: os.preview.handler(later),
}
