import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import type { App } from '../core/app.ts'
import type { ChannelState } from '../core/channels/channel.ts'
import type { ModelHostStatus } from '../core/engines/local/model-host.ts'
import { deathOf, watchCoreParts } from './part-watch.ts'

/** The parts of the core that are followed, moved by hand. */
class FollowedCore {
  readonly told: string[] = []
  readonly clock = new ManualClock()
  readonly #modelListeners = new Set<() => void>()
  #model: Partial<ModelHostStatus> = { state: 'stopped', deaths: 0 }
  #follow: ((change: unknown) => void) | null = null

  constructor() {
    const shop = {
      channels: {
        follow: (listener: (change: unknown) => void) => {
          this.#follow = listener
          return () => undefined
        },
      },
    }
    const app = {
      modelHost: {
        status: () => this.#model,
        onChange: (listener: () => void) => {
          this.#modelListeners.add(listener)
          return () => this.#modelListeners.delete(listener)
        },
      },
      shops: { opened: () => [shop], follow: () => () => undefined },
    }
    // Nothing else of the app is used.
    watchCoreParts(app as unknown as App, {
      clock: this.clock,
      troubles: {
        note: ({ part, reason }) => this.told.push(`${part} ${reason}`),
        healed: (part) => this.told.push(`${part} healed`),
      },
    })
  }

  model(status: Partial<ModelHostStatus>): void {
    this.#model = { ...this.#model, ...status }
    for (const listener of this.#modelListeners) listener()
  }

  account(channelAccountId: string, state: ChannelState | null): void {
    this.#follow?.({ channelAccountId, account: state === null ? null : { state } })
  }
}

const restarting = (since: string, detail = 'process_died'): ChannelState => ({
  state: 'waiting',
  reason: 'restarting',
  since,
  detail,
})
const ready: ChannelState = { state: 'ready', name: 'La Espiga', externalId: '1' }

describe('the model process', () => {
  it('is noted when it dies, and healed when it runs again', () => {
    const core = new FollowedCore()
    core.model({ state: 'busy' })
    core.model({ state: 'stopped', deaths: 1 })
    core.model({ state: 'starting' })
    expect(core.told).toEqual(['models crashed'])
    core.model({ state: 'idle' })
    core.model({ state: 'busy' })
    expect(core.told).toEqual(['models crashed', 'models healed'])
  })

  it('counts as healed when nobody asks for it for a while', async () => {
    const core = new FollowedCore()
    core.model({ state: 'stopped', deaths: 1 })
    await core.clock.advance(60_000)
    expect(core.told).toEqual(['models crashed', 'models healed'])
  })

  it('stays a trouble while it is off', async () => {
    const core = new FollowedCore()
    core.model({ state: 'off', deaths: 2 })
    await core.clock.advance(600_000)
    expect(core.told).toEqual(['models crashed'])
    core.model({ state: 'idle' })
    expect(core.told.at(-1)).toBe('models healed')
  })
})

describe('the processes of accounts', () => {
  it('are one part, which is healed when the last of them is back', () => {
    const core = new FollowedCore()
    core.account('a', restarting('1'))
    core.account('a', restarting('1'))
    core.account('b', restarting('2', 'page_hung'))
    core.account('a', { state: 'connecting', step: 'browser' })
    core.account('a', ready)
    expect(core.told).toEqual(['whatsapp crashed', 'whatsapp hung'])
    core.account('b', null)
    expect(core.told.at(-1)).toBe('whatsapp healed')
  })

  it('are no trouble where they end as meant, or where the line is gone', () => {
    for (const detail of ['memory', 'logged_out', 'stopped'])
      expect(deathOf(restarting('1', detail))).toBeNull()
    expect(deathOf({ state: 'waiting', reason: 'unreachable', since: '1' })).toBeNull()
    expect(deathOf(ready)).toBeNull()
  })
})
