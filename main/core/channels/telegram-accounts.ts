import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Secrets } from '../secrets/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { ChannelAccount } from './account.ts'
import type { ChannelRepository } from './repository.ts'

export interface KnownBot {
  id: string
  username: string
  token: string
  apiRoot: string | null
}

/** Rows of Telegram bots. A bot that was removed comes back with its conversations. */
export class TelegramAccounts {
  readonly #storage: Storage
  readonly #repository: ChannelRepository
  readonly #secrets: Secrets

  constructor(storage: Storage, repository: ChannelRepository, secrets: Secrets) {
    this.#storage = storage
    this.#repository = repository
    this.#secrets = secrets
  }

  save(actor: Actor, bot: KnownBot): ChannelAccount {
    return this.#storage.write(actor, (tx) => this.#save(tx, bot))
  }

  #save(tx: Tx, bot: KnownBot): ChannelAccount {
    const config = bot.apiRoot === null ? {} : { apiRoot: bot.apiRoot }
    const live = this.#repository.findByExternalId('telegram', bot.id, tx)
    const removed = live === null ? this.#repository.findRemoved(tx, 'telegram', bot.id) : null
    const id = live?.id ?? removed?.id ?? newId()
    const secretId = this.#secrets.put(tx, bot.token)
    if (removed !== null) this.#repository.restore(tx, removed.id)
    if (live === null && removed === null) {
      const fields = { id, kind: 'telegram' as const, name: bot.username, externalId: bot.id }
      this.#repository.insert(tx, { ...fields, config, secretId, enabled: true })
    } else {
      this.#repository.update(tx, id, { name: bot.username, config, secretId, enabled: true })
      if (live?.secretId) this.#secrets.remove(tx, live.secretId)
    }
    tx.emit('channel.changed', { channelAccountId: id, state: 'added' })
    const account = this.#repository.find(id, tx)
    if (account === null) throw new DomainError('channel.not_found', { id })
    return account
  }
}
