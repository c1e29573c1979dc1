import { implementer, later } from './procedure.ts'

const os = implementer.customers

export const customers = {
  list: os.list.handler(later),
  get: os.get.handler(later),
  create: os.create.handler(later),
  update: os.update.handler(later),
  addAddress: os.addAddress.handler(later),
  removeAddress: os.removeAddress.handler(later),
  addPreference: os.addPreference.handler(later),
  removePreference: os.removePreference.handler(later),
  suggestions: os.suggestions.handler(later),
  merge: os.merge.handler(later),
  dismissSuggestion: os.dismissSuggestion.handler(later),
  undoMerge: os.undoMerge.handler(later),
  exportData: os.exportData.handler(later),
  erase: os.erase.handler(later),
}
