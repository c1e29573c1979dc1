import { EventEmitter } from 'node:events'
import { note, onAct } from './journal.ts'
import type { MessagePortMain } from './ports.ts'
import { WebFrameMain } from './web-frame.ts'

type Handler = (event: unknown, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for '${channel}'`)
    this.handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }
}

export const ipcMain = new IpcMain()

/** A message of a page as the product gets it. */
export function ipcEvent(
  sender: unknown,
  senderFrame: WebFrameMain | null,
  ports: readonly MessagePortMain[],
) {
  return {
    type: 'frame',
    processId: 1,
    frameId: 1,
    sender,
    senderFrame,
    ports,
    returnValue: undefined,
    reply: (channel: string, ...args: unknown[]) => senderFrame?.send(channel, ...args),
    preventDefault: () => undefined,
    defaultPrevented: false,
  }
}

/** The window whose preload a forged message claims to be; told by web-contents. */
export const claimed: { contents: (id: number) => unknown; mainFrame: (id: number) => WebFrameMain | null } =
  {
    contents: () => null,
    mainFrame: () => null,
  }

// A message as a renderer that was taken over could send it. Answers how many ports it was given for it.
onAct('ipc.forge', async ({ channel, url, frame, windowId, stranger, args }) => {
  let ports = 0
  const main = claimed.mainFrame(Number(windowId))
  const top = frame === 'sub' ? main : null
  const forged =
    frame === 'none'
      ? null
      : frame === 'main'
        ? main
        : new WebFrameMain('forged', String(url), top, (_channel, _args, given) => {
            ports += given.length
          })
  note('ipc.forged', { channel, url, frame })
  const event = ipcEvent(stranger === true ? { id: -1 } : claimed.contents(Number(windowId)), forged, [])
  const list: unknown[] = Array.isArray(args) ? args : []
  ipcMain.emit(String(channel), event, ...list)
  // What is decided without waiting for anything is decided by then.
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
  return { ports }
})
