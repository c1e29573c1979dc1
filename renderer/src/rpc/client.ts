import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { ContractClient } from '../../../preload/contract/index.ts'
import { Connection } from './connection.ts'
import { desktopLink } from './links/desktop.ts'
import { openWebSocketLink } from './links/websocket.ts'

/** The one connection of this window: through a port in the desktop app, over a WebSocket in a browser. */
export const connection = new Connection(
  window.mostrador === undefined ? openWebSocketLink : desktopLink(window.mostrador),
)

export const client: ContractClient = createORPCClient(connection)

/** Query and mutation options of every call of the contract. */
export const api = createTanstackQueryUtils(client)
