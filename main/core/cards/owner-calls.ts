import type { Message } from '../conversations/conversation.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { Language, ShopBrief } from '../engines/engine.ts'
import { isCallReason, ownerSay } from '../language/owner-chat.ts'
import type { Tx } from '../storage/storage.ts'
import { fold } from '../understanding/normalise.ts'
import type { OwnerChatService } from './owner-chats.ts'
import { nameOf, ownerLanguage, shorten } from './owner-message.ts'
import type { OwnerNotices } from './owner-notices.ts'

export interface OwnerCallsDependencies {
  conversations: ConversationService
  chats: OwnerChatService
  notices: OwnerNotices
  shop: () => ShopBrief
}

/** How much of the customer's last words stands in a call. */
const longestWords = 300

const backWords =
  /^(?:listo|hecho|ya esta|resuelto|arreglado|sigue tu|te lo devuelvo|devolver|devuelve|done|ready|hand ?back|give it back|all yours|back to you|you take it|resume)$/

/** Owners who are called to a conversation answer it from their own messenger. */
export class OwnerCalls {
  readonly #deps: OwnerCallsDependencies

  constructor(deps: OwnerCallsDependencies) {
    this.#deps = deps
  }

  /** Calls the owners to a conversation, in each of their chats. */
  announce(tx: Tx, conversationId: string, reason: string): void {
    const { chats, notices } = this.#deps
    const language = this.#language()
    const plain = reason.startsWith('loop_') ? 'loop' : reason
    const text = ownerSay(language, 'call', {
      name: this.#name(conversationId),
      reason: ownerSay(language, isCallReason(plain) ? `call_${plain}` : 'call_other'),
      words: this.#lastWords(conversationId),
    })
    for (const chat of chats.all())
      notices.queue(tx, chat, { kind: 'call', cardId: null, conversationId, text })
  }

  /**
   * An answer to a call: it goes to the customer as the owner's message, or gives the conversation back. Returns what
   * the owner is told.
   * @throws DomainError as `ConversationService.write`
   */
  answer(tx: Tx, conversationId: string, text: string): { back: boolean; text: string } {
    const { conversations } = this.#deps
    const name = this.#name(conversationId)
    if (text.trim() === '') return { back: false, text: ownerSay(this.#language(), 'words_only') }
    if (isBack(text)) {
      conversations.giveBack(tx, conversationId)
      return { back: true, text: ownerSay(this.#language(), 'call_back', { name }) }
    }
    conversations.write(tx, conversationId, text)
    return { back: false, text: ownerSay(this.#language(), 'call_passed_on', { name }) }
  }

  #name(conversationId: string): string {
    return nameOf(this.#deps.conversations.get(conversationId).customerName)
  }

  /** In one line: whatever the customer writes cannot look like a message of ours. */
  #lastWords(conversationId: string): string {
    const messages = this.#deps.conversations.messages({ conversationId, limit: 20 })
    const last = messages.findLast(({ author }) => author === 'customer')
    return last === undefined ? '…' : this.#words(last)
  }

  #words({ text, kind }: Message): string {
    const line = text
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .replace(/[«»“”]/gu, "'")
      .trim()
    if (line !== '') return shorten(line, longestWords)
    const key =
      kind === 'photo' || kind === 'voice' || kind === 'document' || kind === 'location' ? kind : 'file'
    return ownerSay(this.#language(), `sent_${key}`)
  }

  #language(): Language {
    return ownerLanguage(this.#deps.shop())
  }
}

function isBack(text: string): boolean {
  return backWords.test(
    fold(text)
      .replace(/[^\p{L} ]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}
