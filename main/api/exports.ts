import { isAbsolute } from 'node:path'
import { DomainError } from '../core/errors.ts'
import { signedIn } from './context.ts'
import { implementer, shopOf } from './procedure.ts'

const os = implementer.exports

export const exports = {
  start: os.start.handler(async function* ({ context, input, signal }) {
    const { path } = input
    if (path !== undefined) {
      // A browser must not name files of this computer.
      if (signedIn(context).via !== 'door') throw new DomainError('session.forbidden', { field: 'path' })
      if (!isAbsolute(path)) throw new DomainError('input.invalid', { field: 'path' })
    }
    yield* shopOf(context, input).exports.run(input.request, path ?? null, signal)
  }),
  cancel: os.cancel.handler(({ context, input }) => ({
    cancelled: shopOf(context, input).exports.cancel(input.runId),
  })),
}
