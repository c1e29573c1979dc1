import { implementer, later } from './procedure.ts'

const os = implementer.selling

export const selling = {
  settings: os.settings.handler(later),
  setSettings: os.setSettings.handler(later),
  discounts: os.discounts.handler(later),
  addDiscount: os.addDiscount.handler(later),
  changeDiscount: os.changeDiscount.handler(later),
  removeDiscount: os.removeDiscount.handler(later),
}
