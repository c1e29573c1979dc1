import { RPCHandler } from '@orpc/server/websocket'
import {
  type IpcMainEvent,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  type WebContents,
} from 'electron'
import { connectChannel, portChannel } from '../../preload/contract/bridge.ts'
import type { ApiContext } from '../api/context.ts'
import { router } from '../api/router.ts'
import type { Log } from '../core/host.ts'
import { deskOrigin, isDeskAddress } from './origin.ts'

export interface BrokerDeps {
  /** The window that may connect; null when there is none. */
  window(): WebContents | null
  /** Resolves when the app is open. */
  context: Promise<ApiContext>
  log: Pick<Log, 'warn'>
}

/**
 * Hands one end of a channel to the main frame of our own window and serves the contract at the other. A frame has one
 * port at a time; it ends with its document.
 */
export class Broker {
  readonly #deps: BrokerDeps
  readonly #handler = new RPCHandler(router)
  readonly #watched = new WeakSet<WebContents>()
  /** Ends the port of the document, and what is under way on it. */
  #end: (() => void) | null = null
  /** Rises whenever the ports of before are no longer good. */
  #generation = 0

  constructor(deps: BrokerDeps) {
    this.#deps = deps
    ipcMain.on(connectChannel, (event) => {
      // A frame may go in any moment, and Electron throws for one that has gone.
      this.#connect(event).catch((error: unknown) => deps.log.warn('broker.failed', { error: nameOf(error) }))
    })
  }

  close(): void {
    ipcMain.removeAllListeners(connectChannel)
    this.#closePort()
  }

  async #connect(event: IpcMainEvent): Promise<void> {
    if (!this.#isOurs(event)) {
      this.#deps.log.warn('broker.refused')
      return
    }
    this.#closePort()
    this.#watch(event.sender)
    const generation = this.#generation
    const context = await this.#deps.context.catch(() => null)
    const frame = event.senderFrame
    // Meanwhile the page may have gone, or asked again.
    if (context === null || generation !== this.#generation || frame === null || !this.#isOurs(event)) return
    const { port1, port2 } = new MessageChannelMain()
    this.#end = this.#serve(port1, context)
    port1.start()
    frame.postMessage(portChannel, null, [port2])
  }

  /** The main frame of our window, alive, with the desk in it. */
  #isOurs({ sender, senderFrame: frame }: IpcMainEvent): boolean {
    const window = this.#deps.window()
    return (
      window !== null &&
      sender === window &&
      frame !== null &&
      !frame.detached &&
      frame.parent === null &&
      frame.origin === deskOrigin &&
      isDeskAddress(frame.url)
    )
  }

  /**
   * What does not speak the protocol ends its port, and never the app. The library's handler for ports lets no one hear
   * of such a message; the one for sockets does, and what both say is the same.
   * @returns what ends it
   */
  #serve(port: MessagePortMain, context: ApiContext): () => void {
    // The handler only sends on it and tells ports apart by it.
    const peer = { send: (data: unknown) => port.postMessage(data) } as unknown as WebSocket
    port.on('message', ({ data }) => {
      const said = data instanceof Uint8Array ? Uint8Array.from(data).buffer : data
      const answered =
        typeof said === 'string' || said instanceof ArrayBuffer
          ? this.#handler.message(peer, said, { context })
          : Promise.reject(new TypeError('a port carries text and bytes'))
      answered.catch((error: unknown) => {
        this.#deps.log.warn('broker.bad_message', { error: nameOf(error) })
        end()
      })
    })
    // Electron tells of an end that the page makes, and not of one made here.
    const end = () => {
      port.close()
      this.#handler.close(peer)
    }
    port.on('close', () => this.#handler.close(peer))
    return end
  }

  #watch(contents: WebContents): void {
    if (this.#watched.has(contents)) return
    this.#watched.add(contents)
    // Another document is there. One that was only asked for may turn out to be a file to save.
    contents.on('did-navigate', () => this.#closePort())
    contents.on('render-process-gone', () => this.#closePort())
    contents.on('destroyed', () => this.#closePort())
  }

  #closePort(): void {
    this.#generation++
    this.#end?.()
    this.#end = null
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
