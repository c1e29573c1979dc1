import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { OwnerChatRepository } from './owner-chat-repository.ts'
import { hashPairingCode, isSameHash, newPairingCode } from './pairing.ts'

/** A chat of a messenger in which the owner answers cards. */
export interface OwnerChat {
  id: string
  channelAccountId: string
  /** Name of the shop's account there. */
  account: string
  name: string
  since: string
}

/** The same with what is needed to talk in it. */
export interface PairedChat {
  id: string
  channelAccountId: string
  chatId: string
  senderId: string
  personId: string
  offerCardId: string | null
}

const codeLifeMs = 10 * 60_000
const wrongTries = 5
const longestName = 60

/** Which chats are the owner's. A chat becomes one by a code that works once, for ten minutes, and dies of wrong tries. */
export class OwnerChatService {
  readonly #rows: OwnerChatRepository

  constructor(storage: Storage) {
    this.#rows = new OwnerChatRepository(storage)
  }

  list(): OwnerChat[] {
    return this.#rows.list()
  }

  /**
   * Makes a code for an account; an earlier one of that account ends.
   * @throws DomainError `channel.not_found`, `pairing.not_possible` for a channel without a bot of its own.
   */
  pair(tx: Tx, accountId: string, personId: string): { code: string; expiresAt: string; bot: string } {
    const account = this.#rows.account(accountId)
    if (account === null) throw new DomainError('channel.not_found', { id: accountId })
    if (account.kind !== 'telegram') throw new DomainError('pairing.not_possible', { channel: account.kind })
    const code = newPairingCode()
    const id = newId()
    const expiresAt = new Date(Date.parse(tx.now) + codeLifeMs).toISOString()
    this.#rows.endPairings(tx, accountId)
    this.#rows.insertPairing(tx, { id, accountId, personId, codeHash: hashPairingCode(code, id), expiresAt })
    return { code, expiresAt, bot: account.name }
  }

  /** The owner's chat behind a chat of an account, null for everybody else's. */
  find(accountId: string, chatId: string, senderId: string): PairedChat | null {
    const chat = this.#rows.find(accountId, chatId)
    return chat !== null && chat.senderId === senderId ? chat : null
  }

  /** Live chats of live accounts. */
  all(): PairedChat[] {
    return this.#rows.all()
  }

  /** Whether a code is waited for on an account. */
  waits(accountId: string, now: string): boolean {
    return this.#rows.livePairings(accountId, now, tries(), isOff('pairing.once')).length > 0
  }

  /** Tries a code that somebody sent. Pairs their chat when it is the one; otherwise notes the try and answers null. */
  tryCode(
    tx: Tx,
    accountId: string,
    code: string,
    from: { chatId: string; senderId: string; name: string },
  ): PairedChat | null {
    for (const pairing of this.#rows.livePairings(accountId, tx.now, tries(), isOff('pairing.once'))) {
      if (!isSameHash(hashPairingCode(code, pairing.id), pairing.codeHash)) {
        this.#rows.noteTry(pairing.id)
        continue
      }
      this.#rows.spendPairing(tx, pairing.id)
      const id = this.#rows.insertChat(tx, {
        channelAccountId: accountId,
        chatId: from.chatId,
        senderId: from.senderId,
        personId: pairing.personId,
        name: from.name.slice(0, longestName),
      })
      tx.emit('owner_chat.changed', { ownerChatId: id })
      return this.#rows.find(accountId, from.chatId)
    }
    return null
  }

  /** The chat is a stranger's from now on and hears nothing that was still on its way. @throws DomainError `not_found` */
  unpair(tx: Tx, id: string): void {
    this.#rows.remove(tx, id)
    tx.emit('owner_chat.changed', { ownerChatId: id })
  }

  /** Notes which answer the owner was asked to keep. */
  offer(tx: Tx, id: string, cardId: string | null): void {
    this.#rows.setOffer(tx, id, cardId)
  }

  /** Whether a message was an owner's when it first came, whoever's the chat is now. */
  wasHeeded(accountId: string, chatId: string, externalId: string): boolean {
    return this.#rows.isNoted(accountId, chatId, externalId)
  }

  /** Notes a message of an owner as heeded. False when it was already, or is known as a customer's from before. */
  takeIn(tx: Tx, chat: PairedChat, externalId: string): boolean {
    return this.#rows.noteMessage(tx, chat.channelAccountId, chat.chatId, externalId) || isOff('owner.repeat')
  }
}

function tries(): number {
  return isOff('pairing.attempts') ? Number.MAX_SAFE_INTEGER : wrongTries
}
