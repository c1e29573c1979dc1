import { type AddressInfo, createServer, type Server } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { webRequest } from './web-request.ts'

let server: Server | null = null

afterEach(() => {
  server?.close()
})

/** Answers every connection with these bytes and closes it, as a server does that keeps none; null: leaves it open. */
async function answering(pieces: readonly (Buffer | string)[], close = true): Promise<string> {
  const made = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      for (const piece of pieces) socket.write(piece)
      if (close) socket.end()
    })
  })
  server = made
  const { promise, resolve } = Promise.withResolvers<void>()
  made.listen(0, '127.0.0.1', resolve)
  await promise
  // An IP socket has an address with a port.
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/`
}

function head(length: number | null, more = ''): string {
  return `HTTP/1.1 200 OK\r\nConnection: close\r\n${length === null ? '' : `Content-Length: ${length}\r\n`}${more}\r\n`
}

/** Reads with pauses, so that the connection is at its end while nobody waits for bytes. */
async function readSlowly(response: Response): Promise<number> {
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    for (let turns = 0; turns < 8; turns++) await turn()
  }
  return bytes
}

test.each([
  ['with its length', (length: number) => length],
  ['without a length', () => null],
])('an answer %s comes whole however slowly it is read', async (_, declared) => {
  for (const length of [50_000, 100_000, 200_000, 400_000]) {
    const url = await answering([head(declared(length)), Buffer.alloc(length, 'x')])
    for (let round = 0; round < 20; round++) expect(await readSlowly(await webRequest(url))).toBe(length)
    server?.close()
  }
})

test('a connection that closes in mid answer while nobody reads is an error for the reader', async () => {
  for (const length of [1_000, 70_000, 400_000]) {
    const url = await answering([head(length + 1), Buffer.alloc(length, 'x')])
    for (let round = 0; round < 20; round++) {
      const response = await webRequest(url)
      for (let turns = 0; turns < 20; turns++) await turn()
      await expect(readSlowly(response)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    }
    server?.close()
  }
})

test('what nobody reads ends quietly', async () => {
  const url = await answering([head(70_001), Buffer.alloc(70_000, 'x')])
  for (let round = 0; round < 20; round++) await webRequest(url)
  for (let turns = 0; turns < 50; turns++) await turn()
})

test('an abort ends the wait for the answer and the wait for more of it', async () => {
  const silent = await answering([], false)
  const first = new AbortController()
  const waiting = webRequest(silent, { signal: first.signal })
  first.abort(new Error('left'))
  await expect(waiting).rejects.toThrow('left')
  await expect(webRequest(silent, { signal: first.signal })).rejects.toThrow('left')
  server?.close()

  const second = new AbortController()
  const url = await answering([head(10), 'x'], false)
  const reading = (await webRequest(url, { signal: second.signal })).text()
  second.abort(new Error('left again'))
  await expect(reading).rejects.toThrow('left again')
})

test('who breaks off ends the connection', async () => {
  const url = await answering([head(10), 'x'], false)
  const ended = new Promise<void>((resolve) =>
    server?.once('connection', (socket) => socket.once('close', resolve)),
  )
  await (await webRequest(url)).body?.cancel()
  await ended
})

test('compressed answers are read, and redirects left to the caller', async () => {
  const packed = gzipSync('¿Tenéis pan?')
  const url = await answering([head(packed.length, 'Content-Encoding: gzip\r\n'), packed])
  expect(await (await webRequest(url)).text()).toBe('¿Tenéis pan?')
  server?.close()
  const moved = await webRequest(
    await answering(['HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n']),
  )
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/there'])
})

test('a connection that cannot be made says why', async () => {
  const url = await answering([])
  const { promise, resolve } = Promise.withResolvers<void>()
  server?.close(() => resolve())
  await promise
  await expect(webRequest(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  await expect(webRequest('ftp://127.0.0.1/')).rejects.toThrow(TypeError)
})
