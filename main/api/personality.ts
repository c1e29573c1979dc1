import { DomainError } from '../core/errors.ts'
import { implementer } from './procedure.ts'

const os = implementer.personality

/** Answers for what is not built yet. */
function later(): never {
  throw new DomainError('engine.not_available')
}

export const personality = {
  get: os.get.handler(() => later()),
  set: os.set.handler(() => later()),
  preview: os.preview.handler(() => later()),
}
