import { implementer, later } from './procedure.ts'

const os = implementer.tariffs

export const tariffs = {
  list: os.list.handler(later),
  get: os.get.handler(later),
  set: os.set.handler(later),
  remove: os.remove.handler(later),
  preview: os.preview.handler(later),
  quotes: os.quotes.handler(later),
}
