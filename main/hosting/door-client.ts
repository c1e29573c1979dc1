import { existsSync } from 'node:fs'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { domainErrorSchema } from '../../preload/contract/base.ts'
import type { ContractClient } from '../../preload/contract/index.ts'
import { DomainError, type ErrorCode, errorCodes, isDomainError } from '../core/errors.ts'
import { takeLock } from '../core/storage/lock.ts'
import { type Door, readDoor } from './door-file.ts'

const connectMs = 5_000

export interface DoorConnection {
  client: ContractClient
  close(): Promise<void>
}

/**
 * Reaches the host that runs on a data folder or holds a shop's folder.
 * Null when there is none; a door left over from a host that died counts as none.
 * @throws DomainError `host.not_running` when there should be one and it does not answer.
 */
export async function connectDoor(folder: string): Promise<DoorConnection | null> {
  const door = readDoor(folder)
  if (door === null || !isHeld(door.lock)) return null
  const socket = await connect(door)
  // The link wants the few members that browsers' and ws's sockets share; their types of events differ in name only.
  const websocket = socket as unknown as globalThis.WebSocket
  const client: ContractClient = createORPCClient(new RPCLink({ websocket }))
  return { client, close: () => close(socket) }
}

/** The domain error inside an error of the contract; any other error comes back as it is. */
export function fromContractError(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'DOMAIN') return error
  const parsed = domainErrorSchema.safeParse(error.data)
  if (!parsed.success) return error
  const code = errorCodes.find((known): known is ErrorCode => known === parsed.data.code)
  return code === undefined ? error : new DomainError(code, parsed.data.data, { cause: error })
}

/**
 * Whether somebody holds the lock. The port of a host that died may belong to another program by now, and that must not
 * be shown the token.
 */
function isHeld(lock: string): boolean {
  if (!existsSync(lock)) return false
  try {
    takeLock(lock).release()
    return false
  } catch (error) {
    return isDomainError(error, 'shop.locked')
  }
}

async function close(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.close()
  await closed
}

async function connect(door: Door): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}/door`, {
    headers: { Authorization: `Bearer ${door.token}` },
    handshakeTimeout: connectMs,
    perMessageDeflate: false,
  })
  socket.binaryType = 'arraybuffer'
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('open', resolve)
  socket.once('error', reject)
  try {
    await promise
  } catch (error) {
    throw new DomainError('host.not_running', {}, { cause: error })
  }
  // From here on a lost connection shows as failed calls.
  socket.on('error', () => undefined)
  return socket
}
