import type { Actor } from '../actor.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { ChannelAccount, ChannelConfig } from './account.ts'
import type { ChannelState } from './channel.ts'
import { inherit } from './former-account.ts'
import type { ChannelRepository } from './repository.ts'

/** Rows of WhatsApp accounts: nobody knows whose a new one is before a phone has scanned its code. */
export class WhatsAppAccounts {
  readonly #storage: Storage
  readonly #repository: ChannelRepository

  constructor(storage: Storage, repository: ChannelRepository) {
    this.#storage = storage
    this.#repository = repository
  }

  /** One that no phone has scanned yet is used again: a second code for nobody would only confuse. */
  unpaired(): ChannelAccount | null {
    const accounts = this.#repository.list()
    return accounts.find(({ kind, externalId }) => kind === 'whatsapp' && externalId === null) ?? null
  }

  add(actor: Actor, browser: string | undefined): string {
    const existing = this.unpaired()
    return this.#storage.write(actor, (tx) => {
      const config: ChannelConfig = {
        ...existing?.config,
        riskAcceptedAt: tx.now,
        ...(browser === undefined ? {} : { browser }),
      }
      const id = existing?.id ?? newId()
      if (existing === null) {
        const fields = { id, kind: 'whatsapp' as const, name: '', externalId: null }
        this.#repository.insert(tx, { ...fields, config, secretId: null, enabled: true })
      } else this.#repository.update(tx, id, { config, enabled: true })
      tx.emit('channel.changed', { channelAccountId: id, state: 'added' })
      return id
    })
  }

  setBrowser(actor: Actor, account: ChannelAccount, browser: string | null): void {
    const { browser: _before, ...others } = account.config
    const config = browser === null ? others : { ...others, browser }
    this.#storage.write(actor, (tx) => {
      this.#repository.update(tx, account.id, { config })
      tx.emit('channel.changed', { channelAccountId: account.id, state: 'browser' })
    })
  }

  /** Notes whose number an account is. A number that is connected already is refused: it would answer twice. */
  identify(
    accountId: string,
    { name, externalId }: { name: string; externalId: string },
  ): ChannelState | null {
    const account = this.#repository.find(accountId)
    if (account === null) return { state: 'stopped' }
    const same = this.#repository.findByExternalId('whatsapp', externalId)
    if (same !== null && same.id !== accountId && !isOff('whatsapp.number_once'))
      return { state: 'refused', reason: 'duplicate', detail: externalId }
    const isKnown = account.externalId === externalId && account.config.firstReadyAt !== undefined
    if (isKnown && account.name === name) return null
    this.#storage.write('system', (tx) => this.#note(tx, account, isKnown, { name, externalId }))
    return null
  }

  /**
   * A number that was removed comes back with its conversations. Another number than before begins anew: what it heard
   * before today is not the shop's.
   */
  #note(
    tx: Tx,
    account: ChannelAccount,
    isKnown: boolean,
    { name, externalId }: { name: string; externalId: string },
  ): void {
    const config = isKnown ? account.config : { ...account.config, firstReadyAt: tx.now }
    const former =
      account.externalId === null ? this.#repository.findRemoved(tx, 'whatsapp', externalId) : null
    if (former !== null) inherit(tx, former.id, account.id)
    this.#repository.update(tx, account.id, { name, externalId, config })
  }
}
