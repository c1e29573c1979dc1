import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '../hosting/refusal.ts'
import { type Certificate, makeCertificate } from './certificate.ts'
import { cutOff, plainServer, tlsServer } from './listener.ts'

let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate(['localhost'], Date.now())
})

const clients: Socket[] = []
let server: Server | undefined
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
  server?.close()
})

const holding = { allowHalfOpen: true }
/** Somebody who reads what is said and never hangs up, whatever the other side does. */
async function clingTo(
  made: Server,
  said: string,
  isTls: boolean,
): Promise<{ closed: Promise<unknown>; heard: Promise<string> }> {
  server = made
  made.on('upgrade', (_request, stream) => refuse(stream, '401 Unauthorized'))
  made.listen({ host: '127.0.0.1', port: 0 })
  await once(made, 'listening')
  const taken = once(made, 'connection')
  const { port } = made.address() as AddressInfo
  const raw = connect({ host: '127.0.0.1', port, ...holding })
  const client: Socket = isTls
    ? connectTls({ socket: raw, servername: 'localhost', ca: certificate.cert, ...holding })
    : raw
  clients.push(raw, client)
  client.on('error', () => undefined)
  let heard = ''
  client.on('data', (bytes) => {
    heard += bytes
  })
  const { promise: ended, resolve } = Promise.withResolvers<string>()
  for (const event of ['end', 'close'] as const) client.once(event, () => resolve(heard))
  client.write(said)
  const [theirs] = await taken
  return { closed: once(theirs, 'close'), heard: ended }
}

const upgrade =
  'GET /rpc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
const onRequest: RequestListener = (_request, response) => void response.end('not this')

describe.each([false, true])('who is sent away and holds on to the connection (TLS: %s)', (isTls) => {
  const made = () => (isTls ? tlsServer(onRequest, certificate) : plainServer(onRequest))

  it.each([
    ['an upgrade of nobody', upgrade],
    ['what is no HTTP', 'hello, is this the shop?\r\n\r\n'],
    ['a body that nobody reads', 'POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx'],
    [
      'a page with a body',
      'GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n',
    ],
  ])('loses it: %s', async (_what, said) => {
    const { closed, heard } = await clingTo(made(), said, isTls)
    await closed
    // Not after a silence: whoever says a little now and then would keep that off.
    expect(await heard).toContain('Connection: close')
    expect(server?.listening).toBe(true)
  })

  it.each([
    ['says nothing', ''],
    ['is half through a request', 'GET / HTTP/1.1\r\n'],
  ])('is cut off at a stop, where one %s', async (_what, said) => {
    const stopped = made()
    const { closed } = await clingTo(stopped, said, false)
    const ended = once(stopped, 'close')
    stopped.close()
    cutOff(stopped)
    await Promise.all([closed, ended])
  })
})
