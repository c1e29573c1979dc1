import { implementer, later } from './procedure.ts'

const os = implementer.demand

export const demand = {
  missed: os.missed.handler(later),
  dismiss: os.dismiss.handler(later),
}
