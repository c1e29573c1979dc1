import type { Flavour } from './wire.ts'

/** What can go wrong at the service or on the way to it. */
export type Fault =
  | { kind: 'status'; status: number; body: string; type: string; headers: Record<string, string> }
  /** The connection breaks in mid text, or in mid arguments of a call. */
  | { kind: 'broken' }
  /** The same, but the stream is closed as if it were whole. */
  | { kind: 'cut_off' }
  /** Nothing comes, not even headers, until `release` or until the caller goes. */
  | { kind: 'no_first_byte' }
  /** Only comment lines come, until `release`. */
  | { kind: 'keep_alive_only' }
  /** Half of the answer comes, then nothing until `release`. */
  | { kind: 'stalled' }
  | { kind: 'wrong_type' }
  | { kind: 'empty' }
  /** A stream that began well and then says what went wrong, as OpenRouter does. */
  | { kind: 'error_in_stream'; code: number | string; message: string }
  | { kind: 'not_json' }
  /** One line without an end. */
  | { kind: 'endless_line' }
  /** Text without an end. */
  | { kind: 'endless_text' }
  /** Answers a whole JSON although a stream was asked for. */
  | { kind: 'no_stream' }

export const noFirstByte: Fault = { kind: 'no_first_byte' }
export const keepAliveOnly: Fault = { kind: 'keep_alive_only' }
export const stalled: Fault = { kind: 'stalled' }
export const broken: Fault = { kind: 'broken' }
export const cutOff: Fault = { kind: 'cut_off' }
export const wrongType: Fault = { kind: 'wrong_type' }
export const emptyBody: Fault = { kind: 'empty' }
export const notJson: Fault = { kind: 'not_json' }
export const endlessLine: Fault = { kind: 'endless_line' }
export const endlessText: Fault = { kind: 'endless_text' }
export const noStream: Fault = { kind: 'no_stream' }

export function errorInStream(code: number | string = 502, message = 'Provider returned error'): Fault {
  return { kind: 'error_in_stream', code, message }
}

export function refused(
  status: number,
  flavour: Flavour,
  message: string,
  more: { code?: string; param?: string; headers?: Record<string, string> } = {},
): Fault {
  return {
    kind: 'status',
    status,
    type: 'application/json',
    body: JSON.stringify(errorBody(flavour, status, message, more)),
    headers: more.headers ?? {},
  }
}

/** The page of a proxy before a service that is down. */
export function badGateway(): Fault {
  return {
    kind: 'status',
    status: 502,
    type: 'text/html',
    body: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
    headers: {},
  }
}

export function redirect(to: string): Fault {
  return { kind: 'status', status: 307, type: 'text/plain', body: '', headers: { location: to } }
}

export const refusals = {
  key: (flavour: Flavour): Fault =>
    refused(
      401,
      flavour,
      flavour === 'openrouter'
        ? 'User not found.'
        : 'Authentication Fails, Your api key: ****0000 is invalid',
      { code: 'invalid_api_key' },
    ),
  credit: (flavour: Flavour): Fault =>
    refused(402, flavour, flavour === 'deepseek' ? 'Insufficient Balance' : 'Insufficient credits'),
  rate: (flavour: Flavour, retryAfter?: string): Fault =>
    refused(429, flavour, 'Rate limit exceeded', {
      headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    }),
  inside: (flavour: Flavour): Fault => refused(500, flavour, 'Internal Server Error'),
  overloaded: (flavour: Flavour): Fault => refused(503, flavour, 'The server is overloaded'),
}

/** The error body of each service. */
export function errorBody(
  flavour: Flavour,
  status: number,
  message: string,
  more: { code?: string; param?: string } = {},
): object {
  if (flavour === 'openrouter') return { error: { message, code: status } }
  return {
    error: {
      message,
      type: status === 401 ? 'authentication_error' : 'invalid_request_error',
      param: more.param ?? null,
      code: more.code ?? 'invalid_request_error',
    },
  }
}

/** Faults that wait for requests: `chat`, `models`, `key`, `credits`, `balance` or `*`. */
export class FaultPlan {
  #waiting: { route: string; fault: Fault; times: number }[] = []

  add(route: string, fault: Fault, times: number): void {
    this.#waiting.push({ route, fault, times })
  }

  take(route: string): Fault | null {
    const next = this.#waiting.find((one) => one.route === '*' || one.route === route)
    if (next === undefined) return null
    next.times--
    if (next.times <= 0) this.#waiting = this.#waiting.filter((one) => one !== next)
    return next.fault
  }

  clear(): void {
    this.#waiting = []
  }
}
