import { isOff } from '../../mutants.ts'
import { type WebRequest, webRequest } from '../../web-request.ts'

/** What is taken from a service that may be broken or hostile. */
export interface AnswerLimits {
  /** Of a whole answer, after decompression. */
  bytes: number
  /** Without a line break. */
  lineBytes: number
}

/** An answer larger than any that makes sense. */
export class AnswerTooLarge extends Error {
  constructor() {
    super('answer too large')
    this.name = 'AnswerTooLarge'
  }
}

/** The address answered with something that is no answer of such a service. */
export class NotAnAnswer extends Error {
  constructor() {
    super('not an answer of such a service')
    this.name = 'NotAnAnswer'
  }
}

/**
 * A fetch that follows no redirect (the key would travel along), and stops reading where an answer grows past `limits`.
 * With `stream`, what is no event stream is refused; a service that answers a whole JSON instead is understood.
 */
export function guardedFetch(limits: AnswerLimits, kind: 'stream' | 'json'): typeof fetch {
  return async (input, init) => {
    const response = await ask(input instanceof Request ? input.url : input, {
      method: init?.method,
      headers: init?.headers,
      body: textOf(init?.body),
      signal: init?.signal,
    })
    const declared = Number(response.headers.get('content-length') ?? '0')
    if (declared > limits.bytes) {
      await response.body?.cancel()
      throw new AnswerTooLarge()
    }
    const guarded = new Response(response.body === null ? null : response.body.pipeThrough(gauge(limits)), {
      status: response.status,
      headers: response.headers,
    })
    return kind === 'stream' && response.ok ? asEventStream(guarded) : guarded
  }
}

async function ask(address: string | URL, request: WebRequest): Promise<Response> {
  const response = await webRequest(address, request)
  const next = response.headers.get('location')
  if (next === null || !isOff('remote.redirect')) return response
  return webRequest(new URL(next, address), request)
}

/** The client writes its questions as JSON. */
function textOf(body: BodyInit | null | undefined): string | undefined {
  if (body === null || body === undefined) return undefined
  if (typeof body !== 'string') throw new TypeError('not a text')
  return body
}

function gauge(limits: AnswerLimits): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  let line = 0
  return new TransformStream({
    transform(piece, controller) {
      bytes += piece.length
      const lineEnd = piece.lastIndexOf(0x0a)
      line = lineEnd < 0 ? line + piece.length : piece.length - lineEnd - 1
      const tooLarge = bytes > limits.bytes || line > limits.lineBytes
      if (tooLarge && !isOff('remote.limits')) controller.error(new AnswerTooLarge())
      else controller.enqueue(piece)
    },
  })
}

async function asEventStream(response: Response): Promise<Response> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/event-stream') return response
  if (type !== 'application/json') {
    await response.body?.cancel()
    throw new NotAnAnswer()
  }
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.set('content-type', 'text/event-stream')
  return new Response(eventsOf(await response.text()), { status: 200, headers })
}

/** A whole answer as the stream that it stands for. */
function eventsOf(text: string): string {
  const answer: unknown = JSON.parse(text)
  if (typeof answer !== 'object' || answer === null) throw new NotAnAnswer()
  const { choices, ...rest } = answer as Record<string, unknown>
  if (!Array.isArray(choices)) return `data: ${JSON.stringify(rest)}\n\ndata: [DONE]\n\n`
  const pieces = choices.slice(0, 1).map((choice: Record<string, unknown>) => {
    const { message, ...others } = choice
    return { ...others, delta: message }
  })
  return `data: ${JSON.stringify({ ...rest, choices: pieces })}\n\ndata: [DONE]\n\n`
}
