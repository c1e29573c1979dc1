import { RPCLink } from '@orpc/client/message-port'
import type { OpenLink } from './link.ts'

/** Uses a MessagePort that the desktop shell hands to this page; the shell closes it when the page reloads. */
export function messagePortLink(port: MessagePort): OpenLink {
  return ({ onOpen, onClose }) => {
    const link = new RPCLink({ port })
    port.addEventListener('close', () => onClose(), { once: true })
    port.start()
    queueMicrotask(onOpen)
    return { link, close: () => port.close() }
  }
}
