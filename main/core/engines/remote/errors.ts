import { APIConnectionTimeoutError, APIError } from 'openai'
import { EngineError, type EngineErrorCode } from '../engine.ts'
import { AnswerTooLarge, NotAnAnswer } from './guarded-fetch.ts'

/** A failed request as the engine tells it: nothing of the service's words or of the key is in it. */
export interface RemoteFailure {
  code: EngineErrorCode
  /** Status of the answer; null when none came. */
  status: number | null
  /** Whether the service may have seen the request. */
  sent: boolean
  retryAfterMs: number | null
  /** Parameter of ours that the service does not take. */
  refusedParameter: string | null
}

/** The failure as an error for everybody else. */
export function engineErrorOf(failure: RemoteFailure): EngineError {
  return new EngineError(failure.code, {
    retryAfterMs: failure.retryAfterMs ?? undefined,
    cause: failure.status === null ? undefined : new Error(`status ${failure.status}`),
  })
}

/** @param now UTC ms, for `retry-after` dates. */
export function failureOf(error: unknown, now: number): RemoteFailure {
  const none = { status: null, sent: true, retryAfterMs: null, refusedParameter: null }
  if (error instanceof EngineError) return { ...none, code: error.code, retryAfterMs: error.retryAfterMs }
  if (error instanceof APIError && typeof error.status === 'number')
    return refusalOf(error.status, bodyOf(error), error.headers ?? new Headers(), now)
  // An error that came inside of a stream has a code in place of a status.
  if (error instanceof APIError && error.error !== undefined) {
    const body = bodyOf(error)
    const status = Number(body.code)
    const inStream = refusalOf(
      Number.isInteger(status) && status >= 400 ? status : 500,
      body,
      new Headers(),
      now,
    )
    // The answer had begun: it may be billed.
    return { ...inStream, status: null, refusedParameter: null }
  }
  if (error instanceof APIConnectionTimeoutError) return { ...none, code: 'timeout' }
  return { ...none, ...brokenOf(error) }
}

interface ErrorBody {
  message: string
  code: unknown
  type: unknown
  param: unknown
  metadata: unknown
}

function bodyOf(error: APIError): ErrorBody {
  const body = (typeof error.error === 'object' && error.error !== null ? error.error : {}) as Record<
    string,
    unknown
  >
  // Ollama and some proxies: {"error": "text"}; the client hands over what is under `error`.
  const message =
    typeof body.message === 'string' ? body.message : typeof error.error === 'string' ? error.error : ''
  return {
    message: message.slice(0, 2000),
    code: body.code ?? error.code,
    type: body.type ?? error.type,
    param: body.param ?? error.param,
    metadata: body.metadata,
  }
}

const contextWords =
  /context[ _-]?(?:length|window|size)|maximum context|too many tokens|prompt is too long|input is too long|exceeds? (?:the )?(?:available |model'?s? )?(?:context|token)|max_model_len|reduce the length/i
const modelWords =
  /model[^.]{0,80}(?:not exist|does not exist|not found|not a valid|unknown|not available|is not supported)|not a valid model|no such model|no endpoints found|unknown model|try pulling/i

function refusalOf(status: number, body: ErrorBody, headers: Headers, now: number): RemoteFailure {
  return {
    code: codeOf(status, body),
    status,
    sent: true,
    retryAfterMs: retryAfterOf(headers, body.metadata, now),
    refusedParameter: status === 400 || status === 422 ? refusedParameterOf(body) : null,
  }
}

function codeOf(status: number, body: ErrorBody): EngineErrorCode {
  const code = String(body.code ?? '')
  if (status === 401) return 'refused_key'
  if (status === 402 || code === 'insufficient_quota') return 'out_of_credit'
  if (status === 429) return 'rate_limit'
  if (
    status === 413 ||
    code === 'context_length_exceeded' ||
    (status < 500 && contextWords.test(body.message))
  )
    return 'context_too_long'
  if (code === 'model_not_found' || (status < 500 && modelWords.test(body.message))) return 'model_missing'
  // 403: the key may not do this, or what was written was flagged.
  if (status === 403)
    return /moderat|flagged|safety|policy/i.test(body.message) ? 'invalid_answer' : 'refused_key'
  if (status === 408 || status === 504 || status === 524) return 'timeout'
  return 'service_failed'
}

/** Parameters that some services do not know; without them the request is as good. */
const optional = [
  'temperature',
  'parallel_tool_calls',
  'stream_options',
  'max_tokens',
  'thinking',
  'reasoning',
]

function refusedParameterOf(body: ErrorBody): string | null {
  const named = String(body.param ?? '').split('.')[0] ?? ''
  const refused =
    /unsupported|not (?:supported|permitted|allowed)|unknown|unrecognized|unexpected|extra|instead|mandatory|cannot be disabled/i
  if (optional.includes(named) && (refused.test(body.message) || body.code === 'unsupported_parameter'))
    return named
  if (!refused.test(body.message)) return null
  return optional.find((name) => new RegExp(`\\b${name}\\b`, 'i').test(body.message)) ?? null
}

const longestWaitMs = 60 * 60_000

/** From `retry-after-ms`, `retry-after` (seconds or a date) or OpenRouter's `x-ratelimit-reset`; null when none makes sense. */
export function retryAfterOf(headers: Headers, metadata: unknown, now: number): number | null {
  const wait = (ms: number): number | null =>
    Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), longestWaitMs) : null
  const exact = headers.get('retry-after-ms')
  if (exact !== null) return wait(Number.parseFloat(exact))
  const after = headers.get('retry-after')?.trim()
  if (after !== undefined && after !== '') {
    if (/^\d+(?:\.\d+)?$/.test(after)) return wait(Number(after) * 1000)
    return wait(Math.max(0, Date.parse(after) - now))
  }
  const inner = (metadata as { headers?: Record<string, unknown> } | null | undefined)?.headers
  const reset = headers.get('x-ratelimit-reset') ?? inner?.['X-RateLimit-Reset']
  // Milliseconds since the epoch.
  if (reset === null || reset === undefined || !(Number(reset) > 1e12)) return null
  return wait(Math.max(0, Number(reset) - now))
}

/** Errors of a connection that was never made. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])

function brokenOf(error: unknown): Pick<RemoteFailure, 'code' | 'sent'> {
  const chain = causesOf(error)
  if (
    chain.some(
      (one) => one instanceof AnswerTooLarge || one instanceof NotAnAnswer || one instanceof SyntaxError,
    )
  )
    return { code: 'invalid_answer', sent: true }
  const codes = chain.map((one) => String((one as { code?: unknown }).code ?? ''))
  if (codes.some((code) => notSent.has(code))) return { code: 'offline', sent: false }
  if (codes.some((code) => /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/.test(code)))
    return { code: 'timeout', sent: true }
  // The certificate is not good, or what answers speaks no TLS: the request has not left.
  if (codes.some((code) => /CERT|^ERR_(?:TLS|SSL)|^EPROTO$|^DEPTH_ZERO|^UNABLE_TO/.test(code)))
    return { code: 'service_failed', sent: false }
  return { code: 'service_failed', sent: true }
}

/** An error, what caused it, and the parts of a joint one (each address of a host that was tried). */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = []
  const visit = (one: unknown): void => {
    if (!(one instanceof Error) || chain.includes(one) || chain.length > 20) return
    chain.push(one)
    visit(one.cause)
    if (one instanceof AggregateError) for (const part of one.errors) visit(part)
  }
  visit(error)
  return chain
}
