import { ORPCError } from '@orpc/client'
import i18next from 'i18next'
import { NotConnectedError } from './connection.ts'

/** What went wrong, as a code of `errors.json` and the figures and names of its text. */
export interface Failure {
  code: string
  data: Record<string, unknown>
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads the contract's one error, a lost connection, or anything else out of what a call threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NotConnectedError) return { code: 'not_connected', data: {} }
  if (error instanceof ORPCError) {
    if (error.code === 'UNAUTHORIZED') return { code: 'session.required', data: {} }
    if (error.code === 'BAD_REQUEST') return { code: 'input.invalid', data: {} }
    if (isRecord(error.data) && typeof error.data.code === 'string') {
      return { code: error.data.code, data: isRecord(error.data.data) ? error.data.data : {} }
    }
  }
  return { code: 'unexpected', data: {} }
}

export function isFailure(error: unknown, code: string): boolean {
  return failureOf(error).code === code
}

/** The text that tells a person what happened and what to do, in the desk's language. */
export function failureText(error: unknown): string {
  const { code, data } = failureOf(error)
  return codeText(code, data)
}

export function codeText(code: string, data: Record<string, unknown> = {}): string {
  // Codes come from the app at run time; a test holds that each one has a text in both languages.
  const key = `errors:${code}` as 'errors:unexpected'
  return i18next.t(key, { ...data, defaultValue: i18next.t('errors:unexpected') })
}
