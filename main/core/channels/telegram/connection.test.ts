import { once } from 'node:events'
import { type Agent, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createAgent, notConnected } from './connection.ts'

let server: Server | undefined
const sockets = new Set<Socket>()

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server?.close()
})

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an address of this shape.
  return (server.address() as AddressInfo).port
}

async function codeOf(root: string, agent: Agent): Promise<string> {
  const send = root.startsWith('https:') ? secureRequest : request
  const sent = send(root, { agent })
  sent.end()
  const [error] = await once(sent, 'error')
  return error.code
}

describe('createAgent', () => {
  it('marks a connection that was refused', async () => {
    const port = await listen(() => {})
    server?.close()
    const root = `http://127.0.0.1:${port}`
    expect(await codeOf(root, createAgent(root, {}))).toBe(`${notConnected}ECONNREFUSED`)
  })

  it('marks and gives up a handshake that never ends', async () => {
    const root = `https://127.0.0.1:${await listen(() => {})}`
    expect(await codeOf(root, createAgent(root, {}, 50))).toBe(`${notConnected}TIMEOUT`)
  })

  it('marks a handshake that breaks', async () => {
    const root = `https://127.0.0.1:${await listen((socket) => socket.end('no TLS here'))}`
    expect(await codeOf(root, createAgent(root, {}))).toMatch(new RegExp(`^${notConnected}`))
  })

  it('does not mark what breaks once it stands, and lets a slow answer take its time', async () => {
    const port = await listen((socket) =>
      socket.once('data', () => setTimeout(() => socket.resetAndDestroy(), 120)),
    )
    const root = `http://127.0.0.1:${port}`
    expect(await codeOf(root, createAgent(root, {}, 50))).toBe('ECONNRESET')
  })
})
