import { DomainError } from '../core/errors.ts'
import { requireOwner } from './context.ts'
import { implementer } from './procedure.ts'

const os = implementer.access

function notYet(): never {
  throw new DomainError('session.forbidden')
}

export const access = {
  state: os.state.handler(({ context }) => {
    requireOwner(context)
    return { lan: { on: false, addresses: [], fingerprint: null }, people: [], sessions: [] }
  }),
  setPassword: os.setPassword.handler(notYet),
  removePassword: os.removePassword.handler(notYet),
  endSession: os.endSession.handler(notYet),
}
