import { DomainError } from '../core/errors.ts'
import { implementer } from './procedure.ts'

const os = implementer.engines

/** Answers for what is not built yet. */
function later(): never {
  throw new DomainError('engine.not_available')
}

export const engines = {
  list: os.list.handler(() => later()),
  addRemote: os.addRemote.handler(() => later()),
  remoteModels: os.remoteModels.handler(() => later()),
  addLocal: os.addLocal.handler(() => later()),
  change: os.change.handler(() => later()),
  remove: os.remove.handler(() => later()),
  order: os.order.handler(() => later()),
  test: os.test.handler(() => later()),
  spending: os.spending.handler(() => later()),
  setSpending: os.setSpending.handler(() => later()),
  privacy: os.privacy.handler(() => later()),
  setPrivacy: os.setPrivacy.handler(() => later()),
  requests: os.requests.handler(() => later()),
  request: os.request.handler(() => later()),
}
