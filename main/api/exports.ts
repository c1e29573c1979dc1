import { implementer, later } from './procedure.ts'

const os = implementer.exports

export const exports = {
  start: os.start.handler(later),
  cancel: os.cancel.handler(later),
}
