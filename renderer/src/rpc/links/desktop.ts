import { type Bridge, portChannel } from '../../../../preload/contract/bridge.ts'
import type { OpenedLink, OpenLink } from './link.ts'
import { messagePortLink } from './message-port.ts'

declare global {
  interface Window {
    /** There in the desktop app only. */
    readonly mostrador?: Bridge
  }
}

/** How long the app may take to hand over a port; at a start it opens the shops first. */
const PATIENCE_MS = 30_000

/** Asks the desktop app for a port and speaks through it. */
export function desktopLink(bridge: Bridge): OpenLink {
  return ({ onOpen, onClose }) => {
    let opened: OpenedLink | null = null
    const settle = () => {
      window.clearTimeout(timer)
      window.removeEventListener('message', receive)
    }
    const receive = (event: MessageEvent) => {
      const [port] = event.ports
      const isOurs = event.source === window && event.origin === window.location.origin
      if (!isOurs || event.data !== portChannel || port === undefined) return
      settle()
      opened = messagePortLink(port)({ onOpen, onClose })
    }
    const timer = window.setTimeout(() => {
      settle()
      onClose()
    }, PATIENCE_MS)
    window.addEventListener('message', receive)
    bridge.connect()
    return {
      link: {
        call: (path, input, options) => {
          if (opened === null) throw new Error('no call before the link is open')
          return opened.link.call(path, input, options)
        },
      },
      close: () => {
        settle()
        opened?.close()
        onClose()
      },
    }
  }
}
