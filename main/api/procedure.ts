import { implement } from '@orpc/server'
import { contract, type ProcedureMeta } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { isOff } from '../core/mutants.ts'
import type { Shop } from '../core/shops/shop.ts'
import type { ApiContext } from './context.ts'
import { toContractError, withContractErrors } from './errors.ts'

const base = implement(contract).$context<ApiContext>()

const translated = base.middleware(async ({ context, path, next }) => {
  const procedure = path.join('.')
  try {
    const result = await next()
    // The wrapper keeps the iterator's items as they are; the types of middlewares cannot say so.
    return {
      ...result,
      output: withContractErrors(result.output, context.log, procedure) as typeof result.output,
    }
  } catch (error) {
    throw toContractError(error, context.log, procedure)
  }
})

const permitted = base.middleware(async ({ context, procedure, next }) => {
  const meta: ProcedureMeta = procedure['~orpc'].meta
  checkPermission(meta.permission, context)
  return next()
})

/** @throws DomainError `session.required` without a session, `session.forbidden` for what only the owner or the door may do. */
function checkPermission(permission: ProcedureMeta['permission'], context: ApiContext): void {
  if (permission === 'public') return
  const caller = context.caller()
  if (caller.via === 'none') throw new DomainError('session.required')
  const isRefused =
    (permission === 'door' && caller.via !== 'door') ||
    (permission === 'owner' && caller.person.role !== 'owner' && !isOff('access.owner_only'))
  if (isRefused) throw new DomainError('session.forbidden')
}

/** Every handler goes through error translation, then the permission that its contract declares, then validation. */
export const implementer = base.use(translated).use(permitted)

/** The open shop that a call names. */
export function shopOf(context: ApiContext, input: { shop: string }): Shop {
  return context.app.shops.open(input.shop)
}

export const isDone = { done: true } as const
