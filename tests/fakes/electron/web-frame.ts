import { originOf } from './addresses.ts'
import { note } from './journal.ts'
import type { MessagePortMain } from './ports.ts'

/** Takes a message to the preload of a frame. */
export type Deliver = (channel: string, args: unknown[], ports: readonly MessagePortMain[]) => void

export class WebFrameMain {
  url: string
  detached = false
  readonly frameToken: string
  readonly parent: WebFrameMain | null
  readonly #deliver: Deliver

  constructor(frameToken: string, url: string, parent: WebFrameMain | null, deliver: Deliver) {
    this.frameToken = frameToken
    this.url = url
    this.parent = parent
    this.#deliver = deliver
  }

  get origin(): string {
    return originOf(this.url)
  }

  get top(): WebFrameMain {
    return this.parent?.top ?? this
  }

  readonly processId = 1
  readonly routingId = 1
  readonly frameTreeNodeId = 1

  isDestroyed(): boolean {
    return this.detached
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver(channel, args, [])
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    note('frame.postMessage', { channel, url: this.url, ports: transfer.length })
    this.#deliver(channel, [message], transfer)
  }
}
