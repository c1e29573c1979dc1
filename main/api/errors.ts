import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { DomainError, type ErrorData } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import { newId } from '../core/ids.ts'

type ContractError = ORPCError<'DOMAIN', { code: string; data: ErrorData }>

function contractError(code: string, data: ErrorData): ContractError {
  return new ORPCError('DOMAIN', { status: 422, message: code, data: { code, data } })
}

/**
 * The one place where errors become errors of the contract. Whoever calls learns a code and its data; what the program
 * did not expect goes to the log under an id, and the caller learns that id alone.
 */
export function toContractError(error: unknown, log: Log, procedure: string): ContractError {
  if (error instanceof DomainError) return contractError(error.code, error.data)
  if (error instanceof ORPCError) {
    if (error.code === 'DOMAIN') return error
    if (error.code === 'BAD_REQUEST') return contractError('input.invalid', firstIssue(error.cause))
  }
  if (error instanceof Error && error.name === 'AbortError') return contractError('cancelled', {})
  const id = newId()
  const cause = error instanceof ORPCError && error.cause !== undefined ? error.cause : error
  log.error('api.failed', { id, procedure, ...described(cause) })
  return contractError('internal', { id })
}

/** Passes an event iterator on, its errors turned into the contract's. */
export function withContractErrors(output: unknown, log: Log, procedure: string): unknown {
  if (!isIterator(output)) return output
  const source = output
  return {
    async next() {
      try {
        return await source.next()
      } catch (error) {
        throw toContractError(error, log, procedure)
      }
    },
    async return(value?: unknown) {
      return source.return === undefined ? { done: true, value } : source.return(value)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

function isIterator(output: unknown): output is AsyncIterator<unknown, unknown, void> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output
}

/** Where the input was wrong; never what it held. */
function firstIssue(cause: unknown): ErrorData {
  if (!(cause instanceof ValidationError)) return {}
  const issue = cause.issues[0]
  if (issue === undefined) return {}
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? String(part.key) : String(part)))
  // A key that does not belong there: it is named as the field, not what holds it.
  const [unknown] = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys : []
  if (typeof unknown === 'string') return { field: [...path, unknown].join('.'), issue: 'unknown_key' }
  return { field: path.join('.'), issue: issue.message }
}

function described(error: unknown): Record<string, unknown> {
  if (error instanceof ValidationError) {
    const where = error.issues.slice(0, 5).map((issue) => ({ message: issue.message, path: issue.path }))
    return { error: 'invalid output', issues: where }
  }
  if (error instanceof Error) return { error: error.name, message: error.message, stack: error.stack }
  return { error: typeof error }
}
