import { note } from './journal.ts'
import type { Page, Saying } from './page.ts'
import { decode, encode, type FarEnd, MessagePortMain } from './ports.ts'

/** Ports with one end in a page. The page's end is a real `MessagePort`; its messages pass the preload's world. */
export class PagePorts {
  readonly #page: Page
  readonly #open = new Map<string, { frameId: string; mine: FarEnd }>()
  #lastId = 0

  constructor(page: Page) {
    this.#page = page
    page.on('worldGone', (frameId) => {
      for (const [id, port] of [...this.#open]) if (port.frameId === frameId) this.close(id)
    })
    page.on('gone', () => this.closeAll())
  }

  /** Hands a port of the main process over to a frame; answers the name under which the frame knows it. */
  toPage(port: MessagePortMain, frameId: string): string {
    this.#lastId += 1
    const id = `main${this.#lastId}`
    const mine = port.handOver(this.#theirs(id, frameId))
    if (mine !== null) this.#open.set(id, { frameId, mine })
    note('port.toPage', { id })
    return id
  }

  /** The main process's end of a port that a page has handed over. */
  fromPage(id: string, frameId: string): MessagePortMain {
    const port = new MessagePortMain()
    port.connect(this.#theirs(id, frameId))
    this.#open.set(id, {
      frameId,
      mine: { deliver: (data) => port.take(data), close: () => port.farClosed() },
    })
    return port
  }

  /** Whether this was about a port. */
  took(saying: Saying): boolean {
    const id = String(saying.id)
    if (saying.kind === 'portClosed') this.close(id)
    else if (saying.kind === 'port') this.#open.get(id)?.mine.deliver(decode(saying.data))
    else return false
    return true
  }

  close(id: string | undefined): void {
    if (id === undefined) return
    const port = this.#open.get(id)
    if (port === undefined) return
    this.#open.delete(id)
    note('port.closed', { id })
    port.mine.close()
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id)
  }

  #theirs(id: string, frameId: string): FarEnd {
    return {
      deliver: (data) => void this.#page.tell(frameId, { kind: 'port', id, data: encode(data) }),
      close: () => {
        if (this.#open.delete(id)) note('port.closed', { id })
        void this.#page.tell(frameId, { kind: 'portClosed', id })
      },
    }
  }
}
