import { DomainError } from '../core/errors.ts'
import { implementer } from './procedure.ts'

const os = implementer.exam

/** Answers for what is not built yet. */
function later(): never {
  throw new DomainError('engine.not_available')
}

export const exam = {
  start: os.start.handler(() => later()),
  cancel: os.cancel.handler(() => later()),
  list: os.list.handler(() => later()),
  report: os.report.handler(() => later()),
  cases: os.cases.handler(() => later()),
  addCase: os.addCase.handler(() => later()),
  removeCase: os.removeCase.handler(() => later()),
}
