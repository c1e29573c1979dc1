import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { ContractClient } from '../../../preload/contract/index.ts'
import { Connection } from './connection.ts'
import { openWebSocketLink } from './links/websocket.ts'

/** The one connection of this window. The desktop shell will choose `messagePortLink` here. */
export const connection = new Connection(openWebSocketLink)

export const client: ContractClient = createORPCClient(connection)

/** Query and mutation options of every call of the contract. */
export const api = createTanstackQueryUtils(client)
