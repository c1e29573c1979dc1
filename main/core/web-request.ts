import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { finished, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export interface WebRequest {
  method?: string | undefined
  headers?: HeadersInit | undefined
  body?: string | undefined
  signal?: AbortSignal | null | undefined
}

/** The connection could not be made, or broke; `cause` is the system's error with its code. */
export class ConnectionError extends Error {
  constructor(cause: unknown) {
    super('connection failed', { cause })
    this.name = 'ConnectionError'
  }
}

/**
 * What `fetch` does, over Node's own HTTP: its `fetch` throws where nobody can catch it when a server closes the
 * connection while the answer waits for its reader, and the reader then waits for ever. Follows no redirects and has no
 * time limits of its own.
 * @throws TypeError for what is no http address; ConnectionError, also while reading; the signal's reason
 */
export async function webRequest(address: string | URL, init: WebRequest = {}): Promise<Response> {
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError('not an http address')
  const { signal, body } = init
  signal?.throwIfAborted()
  const headers = new Headers(init.headers)
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'identity')
  // Some networks answer nothing that does not say what it is.
  if (!headers.has('user-agent')) headers.set('user-agent', 'Mostrador')
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const asked = send(url, { method: init.method ?? 'GET', headers: Object.fromEntries(headers) })
  const onAbort = () => {
    reject(signal?.reason)
    asked.destroy()
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  asked.on('error', (error) => reject(new ConnectionError(error)))
  asked.on('close', () => {
    signal?.removeEventListener('abort', onAbort)
    // After an answer this changes nothing.
    reject(new ConnectionError(undefined))
  })
  asked.on('response', (message) => {
    try {
      resolve(toResponse(message, signal))
    } catch (error) {
      asked.destroy()
      reject(new ConnectionError(error))
    }
  })
  asked.end(body)
  return promise
}

function toResponse(message: IncomingMessage, signal: AbortSignal | null | undefined): Response {
  const headers = new Headers()
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '')
  const status = message.statusCode ?? 0
  if (status === 204 || status === 205 || status === 304) {
    message.resume()
    return new Response(null, { status, headers })
  }
  return new Response(bodyOf(message, signal), { status, headers })
}

/** Takes from the connection what is asked for; whatever ends it reaches the reader, and nobody when there is none. */
function bodyOf(
  message: IncomingMessage,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const source = decoded(message)
  source.on('error', () => {})
  const pieces: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next()
          if (done === true) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          throw signal?.aborted === true ? signal.reason : new ConnectionError(error)
        }
      },
      cancel() {
        message.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

/** Services compress although nobody asked them to. */
function decoded(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase()
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'br'
          ? createBrotliDecompress()
          : null
  if (decoder === null) return message
  message.pipe(decoder)
  finished(message, (error) => {
    if (error) decoder.destroy(error)
  })
  finished(decoder, () => message.destroy())
  return decoder
}
