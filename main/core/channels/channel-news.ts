import { isDomainError } from '../errors.ts'
import type { Tx } from '../storage/storage.ts'
import type { ChannelAccountView } from './account.ts'
import type { ChannelState } from './channel.ts'
import type { ChannelChange, ChannelServiceDeps } from './dependencies.ts'
import { stateKey, type Trouble, troubleOf } from './states.ts'

/** Tells what becomes of accounts: to the shop's events, to whoever follows them, and to the owner where it matters. */
export class ChannelNews {
  readonly #deps: ChannelServiceDeps
  readonly #view: (id: string) => ChannelAccountView | null
  readonly #followers = new Set<(change: ChannelChange) => void>()

  /** @param view an account as it is now; null when there is none any more */
  constructor(deps: ChannelServiceDeps, view: (id: string) => ChannelAccountView | null) {
    this.#deps = deps
    this.#view = view
  }

  follow(listener: (change: ChannelChange) => void): () => void {
    this.#followers.add(listener)
    return () => this.#followers.delete(listener)
  }

  onState(id: string, state: ChannelState, before: ChannelState): void {
    const { bus, storage } = this.#deps
    if (stateKey(before) !== stateKey(state))
      this.#write(id, (tx) => tx.emit('channel.changed', { channelAccountId: id, state: state.state }))
    else if (JSON.stringify(before) !== JSON.stringify(state))
      bus.publishEphemeral('channel.live', { channelAccountId: id }, storage.now())
    const trouble = troubleOf(state)
    if (trouble !== null && trouble !== troubleOf(before)) this.#call(id, trouble)
    this.tell(id)
  }

  /** Tells those who follow what an account is now. */
  tell(id: string): void {
    if (this.#followers.size === 0) return
    const change = { channelAccountId: id, at: this.#deps.storage.now(), account: this.#view(id) }
    for (const follower of [...this.#followers]) follower(change)
  }

  /** Nothing goes on without the owner. */
  #call(id: string, reason: Trouble): void {
    this.#deps.notify?.({ kind: 'channel', data: { channelAccountId: id, reason } })
    if (reason === 'logged_out' || reason === 'conflict')
      this.#write(id, (tx) => this.#deps.governor?.incident(tx, id, reason))
  }

  #write(channelAccountId: string, work: (tx: Tx) => void): void {
    try {
      this.#deps.storage.write('system', work)
    } catch (error) {
      // The state itself is in memory and listed; a full disk must not stop the adapter that reports it.
      const code = isDomainError(error) ? error.code : 'failed'
      this.#deps.log.warn('channel.event_lost', { channelAccountId, code })
    }
  }
}
