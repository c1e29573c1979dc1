import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'

/**
 * What a request carries. It may break when nobody reads it any more, as after a refusal: whoever reads it is told, and
 * an error that nobody heard would end the app.
 */
export function bodyOf({ body }: Pick<Request, 'body'>): Readable {
  if (body === null) return Readable.from([])
  // The same stream; Electron's types and Node's describe it in two places.
  const stream = Readable.fromWeb(body as WebStream<Uint8Array>)
  stream.on('error', () => undefined)
  return stream
}
