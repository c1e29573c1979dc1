import type { App } from '../core/app.ts'
import type { ChannelKind, ChannelState } from '../core/channels/channel.ts'
import type { ShopEvent } from '../core/events.ts'
import type { Clock } from '../core/host.ts'
import type { Shop } from '../core/shops/shop.ts'

/** Conversations that wait are counted up to here. */
const mostCounted = 100
/** Changes that come together are told once, ms. */
const settleMs = 400

export interface ShopSummary {
  slug: string
  name: string
  paused: boolean
  channels: { name: string; kind: ChannelKind; state: ChannelState['state'] }[]
  /** Conversations that wait for a person; at most a hundred. */
  waiting: number
}

const telling: ReadonlySet<ShopEvent['type']> = new Set<ShopEvent['type']>([
  'channel.changed',
  'serving.changed',
  'conversation.changed',
  'conversation.returned',
  'handover.requested',
  'profile.changed',
])

/** What the tray shows of all shops, and what keeps the computer awake. */
export class ShopsWatch {
  readonly #app: App
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  readonly #stops: (() => void)[] = []
  #cancel: (() => void) | null = null

  constructor(app: App, clock: Clock) {
    this.#app = app
    this.#clock = clock
    for (const shop of app.shops.opened()) this.#watch(shop)
    this.#stops.push(
      app.shops.follow((shop) => {
        this.#watch(shop)
        this.#soon()
      }),
    )
  }

  shops(): ShopSummary[] {
    return this.#app.shops.opened().map(summaryOf)
  }

  /** Pauses every shop, or lets all of them go on. */
  setPaused(paused: boolean, actor: `person:${string}`): void {
    for (const { wake } of this.#app.shops.opened()) {
      if (paused) wake.pause(actor)
      else wake.resume(actor)
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  stop(): void {
    this.#cancel?.()
    this.#listeners.clear()
    for (const stop of this.#stops) stop()
  }

  #watch(shop: Shop): void {
    this.#stops.push(
      shop.bus.subscribe((event) => {
        if (telling.has(event.type)) this.#soon()
      }),
    )
  }

  #soon(): void {
    this.#cancel ??= this.#clock.after(settleMs, () => {
      this.#cancel = null
      for (const listener of [...this.#listeners]) listener()
    })
  }
}

function summaryOf(shop: Shop): ShopSummary {
  return {
    slug: shop.slug,
    name: shop.brief().name,
    paused: shop.wake.paused(),
    channels: shop.channels
      .list()
      .filter(({ kind, enabled }) => enabled && kind !== 'testchat')
      .map(({ name, kind, state }) => ({ name, kind, state: state.state })),
    waiting: shop.conversations.countWaiting(mostCounted),
  }
}
