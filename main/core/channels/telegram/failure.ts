import { GrammyError, HttpError, type Transformer } from 'grammy'
import { notConnected } from './connection.ts'

/** What went wrong at the Bot API, in words that may be logged: no token, no address, no text of a customer. */
export type Failure =
  /** Telegram answered no. `description` is Telegram's own sentence. */
  | { kind: 'refused'; code: number; description: string; migrateTo?: number }
  | { kind: 'rate_limited'; retryAfterMs: number }
  /** Telegram answered 5xx: it may have done what was asked. */
  | { kind: 'server'; code: number }
  /** No answer. `sent` is false only when the connection never came about, so that nothing can have been done. */
  | { kind: 'network'; code: string; sent: boolean }
  /** A fault of ours or an abort before anything was sent. */
  | { kind: 'internal'; code: string }

/** The connection was not made: name not found, refused, no route, TLS not trusted. */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL|CERT_[A-Z_]+|SELF_SIGNED_[A-Z_]+|DEPTH_ZERO_[A-Z_]+|UNABLE_TO_[A-Z_]+|ERR_TLS_CERT_[A-Z_]+)$/

const secondsWithoutAdvice = 5

/** Tells a Telegram refusal, a limit, a server's failure and a network's failure apart. */
export function toFailure(error: unknown): Failure {
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error
    if (code === 429) {
      return { kind: 'rate_limited', retryAfterMs: (parameters.retry_after ?? secondsWithoutAdvice) * 1000 }
    }
    if (code >= 500) return { kind: 'server', code }
    return { kind: 'refused', code, description, migrateTo: parameters.migrate_to_chat_id }
  }
  if (error instanceof HttpError) {
    const marked = networkCode(error.error)
    const code = marked.replace(notConnected, '')
    return { kind: 'network', code, sent: code === marked && !neverSent.test(code) }
  }
  return { kind: 'internal', code: error instanceof Error ? error.name : 'unknown' }
}

/** A short text for logs and state details. */
export function describe(failure: Failure): string {
  if (failure.kind === 'rate_limited') return `telegram.429 ${failure.retryAfterMs / 1000} s`
  if (failure.kind === 'refused') return `telegram.${failure.code} ${failure.description}`
  if (failure.kind === 'server') return `telegram.${failure.code}`
  return `${failure.kind}.${failure.code}`
}

/**
 * Strips the request's address, which contains the bot's token, from network errors before anybody can print them.
 * Belongs closest to the network: install it first.
 */
export const withoutSecrets: Transformer = async (call, method, payload, signal) => {
  try {
    return await call(method, payload, signal)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    throw new HttpError(`Network request for '${method}' failed`, new NetworkError(networkCode(error.error)))
  }
}

class NetworkError extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'NetworkError'
    this.code = code
  }
}

/** The system's code of a network error, else a word for what is known of it. */
export function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error.name === 'AbortError') return 'aborted'
  if (error.cause instanceof Error) return networkCode(error.cause)
  if (error.message.includes('timed out')) return 'timeout'
  if ('type' in error && typeof error.type === 'string') return error.type
  return error.name === 'SyntaxError' ? 'invalid-json' : 'unknown'
}
