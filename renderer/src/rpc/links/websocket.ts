import { RPCLink } from '@orpc/client/websocket'
import type { OpenLink } from './link.ts'

/** Opens one WebSocket to the host that served this page. The session cookie travels with the upgrade. */
export const openWebSocketLink: OpenLink = ({ onOpen, onClose }) => {
  const url = new URL('rpc', document.baseURI)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  const socket = new WebSocket(url)
  const link = new RPCLink({ websocket: socket })
  socket.addEventListener('open', () => onOpen(), { once: true })
  socket.addEventListener('close', () => onClose(), { once: true })
  return { link, close: () => socket.close() }
}
