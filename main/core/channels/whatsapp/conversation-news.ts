import type { ShopClient } from './client.ts'
import { within } from './failure.ts'
import { type LibraryMessage, readLibraryMessage } from './library-message.ts'
import { authorOf, isWanted, textOf, toInbound } from './mappers.ts'
import { describeSender, type PageSender } from './page-chats.ts'
import type { PageMe } from './page-state.ts'
import type { Telling } from './telling.ts'

/** How long the page may take to say who wrote, ms; after that the message is told without. */
const SENDER_LIMIT_MS = 4000
/** Ids that are remembered so that a repeat is not told again. */
const REMEMBERED = 5000

interface Known {
  me: PageMe
  groups: boolean
  /** Since when this account is connected, ms since the epoch: chats with older messages are older. */
  connectedAt: number
}

/** Turns the library's events about messages into what the app is told: in order within a chat, each once. */
export class ConversationNews {
  readonly #client: ShopClient
  readonly #telling: Telling
  readonly #known: () => Known
  readonly #told = new Set<string>()
  readonly #lanes = new Map<string, Promise<void>>()
  /** Chats of which it is known whether they are older than the connection. */
  readonly #ages = new Map<string, boolean>()

  constructor(client: ShopClient, telling: Telling, known: () => Known) {
    this.#client = client
    this.#telling = telling
    this.#known = known
  }

  message(raw: unknown, missed: boolean): void {
    const message = readLibraryMessage(raw)
    if (message === null || !isWanted(message, this.#known().groups)) return
    if (!this.#isNew(`message ${message.id.whole}`)) return
    this.#inOrder(message.id.chatId, async () => {
      const { me, connectedAt } = this.#known()
      const sender = await this.#describe(message, me, connectedAt)
      const told = toInbound(message, { me, sender, missed })
      this.#telling.tell(message.id.chatId, { type: 'message', message: told })
    })
  }

  edit(raw: unknown): void {
    const message = readLibraryMessage(raw)
    if (message === null || !isWanted(message, this.#known().groups)) return
    const { latestEditSenderTimestampMs: at, latestEditMsgKey: key } = message
    // Words also change when a message is read late or loses its picture; only an edit has a time or a key.
    if (at === undefined && (key === undefined || key === null)) return
    const text = textOf(message)
    if (!this.#isNew(`edit ${message.id.whole} ${at ?? ''} ${text}`)) return
    const { chatId, whole } = message.id
    this.#inOrder(chatId, async () => {
      const edit = { chatId, externalId: whole, text, at: at ?? Date.now() }
      this.#telling.tell(chatId, { type: 'edit', edit })
    })
  }

  removal(raw: unknown): void {
    const message = readLibraryMessage(raw)
    // What it was is not there any more; the chat decides whether anybody was told of it.
    if (message === null || !isWanted({ ...message, type: 'chat' }, this.#known().groups)) return
    const { chatId, whole } = message.protocolMessageKey ?? message.id
    if (!this.#isNew(`removal ${whole}`)) return
    this.#inOrder(chatId, async () => {
      this.#telling.tell(chatId, { type: 'removal', removal: { chatId, externalId: whole, at: Date.now() } })
    })
  }

  /** An own message is with the platform now. */
  delivered(raw: unknown): void {
    const message = readLibraryMessage(raw)
    if (message === null || !message.id.fromMe || !isWanted(message, true)) return
    const { chatId, whole } = message.id
    if (!this.#isNew(`delivered ${whole}`)) return
    this.#inOrder(chatId, async () => {
      const receipt = { chatId, externalId: whole, at: Date.now() }
      this.#telling.tell(chatId, { type: 'delivered', receipt })
    })
  }

  async #describe(message: LibraryMessage, me: PageMe, connectedAt: number): Promise<PageSender | null> {
    const { chatId, whole } = message.id
    const order = {
      chatId,
      // Of an own message in a private chat, the other side is worth knowing.
      authorId: message.id.fromMe ? chatId : authorOf(message, me),
      messageId: whole,
      before: Math.floor(connectedAt / 1000),
    }
    const asked = this.#client.page.evaluate(describeSender, order)
    const sender = await within(SENDER_LIMIT_MS, asked).catch(() => null)
    if (sender === null) return null
    const older = this.#ages.get(chatId) ?? sender.older
    this.#ages.set(chatId, older)
    return { ...sender, older }
  }

  #isNew(key: string): boolean {
    if (this.#told.has(key)) return false
    this.#told.add(key)
    if (this.#told.size > REMEMBERED) {
      const [oldest] = this.#told
      if (oldest !== undefined) this.#told.delete(oldest)
    }
    return true
  }

  #inOrder(chatId: string, work: () => Promise<void>): void {
    const before = this.#lanes.get(chatId) ?? Promise.resolve()
    const done = before.then(work).catch(() => undefined)
    this.#lanes.set(chatId, done)
    void done.then(() => {
      if (this.#lanes.get(chatId) === done) this.#lanes.delete(chatId)
    })
  }
}
