import type { App } from '../core/app.ts'
import type { ChannelState } from '../core/channels/channel.ts'
import type { ModelHostStatus } from '../core/engines/local/model-host.ts'
import type { Clock } from '../core/host.ts'
import type { Shop } from '../core/shops/shop.ts'
import type { TroubleBook } from './restart.ts'
import type { DeathReason } from './restart-policy.ts'

/** Nobody may ask for a model for long: after so long without another death it counts as ready again, ms. */
const MODELS_READY_MS = 60_000

/** Follows the core's processes that may die, and notes for the owner what died and when it ran again. */
export function watchCoreParts(
  app: App,
  { troubles, clock }: { troubles: TroubleBook; clock: Clock },
): () => void {
  const stops = [watchModels(app, troubles, clock), watchAccounts(app, troubles)]
  return () => {
    for (const stop of stops) stop()
  }
}

function watchModels({ modelHost }: App, troubles: TroubleBook, clock: Clock): () => void {
  let { deaths } = modelHost.status()
  let down = false
  let cancel = () => {}
  const heal = () => {
    cancel()
    if (down) troubles.healed('models')
    down = false
  }
  const stop = modelHost.onChange(() => {
    const status = modelHost.status()
    if (status.deaths > deaths) {
      deaths = status.deaths
      down = true
      troubles.note({ part: 'models', reason: 'crashed' })
      cancel()
      if (status.state !== 'off') cancel = clock.after(MODELS_READY_MS, heal)
    } else if (modelsRun(status)) heal()
  })
  return () => {
    cancel()
    stop()
  }
}

/** Whether the process has said that it is there. */
export function modelsRun({ state }: ModelHostStatus): boolean {
  return state === 'idle' || state === 'loading' || state === 'busy'
}

/** The accounts of WhatsApp whose process went, of all shops: the part runs again when the last of them is back. */
function watchAccounts({ shops }: App, troubles: TroubleBook): () => void {
  /** Since when, by account: what is told again of the same pause is no second trouble. */
  const down = new Map<string, string>()
  const stops: (() => void)[] = []
  const watch = (shop: Shop) => {
    stops.push(
      shop.channels.follow(({ channelAccountId: id, account }) => {
        const state = account?.state ?? { state: 'stopped' as const }
        const reason = deathOf(state)
        if (reason !== null && state.state === 'waiting') {
          if (down.get(id) === state.since) return
          down.set(id, state.since)
          troubles.note({ part: 'whatsapp', reason })
        } else if (isSettled(state) && down.delete(id) && down.size === 0) troubles.healed('whatsapp')
      }),
    )
  }
  for (const shop of shops.opened()) watch(shop)
  stops.push(shops.follow(watch))
  return () => {
    for (const stop of stops) stop()
  }
}

/** Why the process of an account is being started again, where it went by accident; null for everything else. */
export function deathOf(state: ChannelState): DeathReason | null {
  if (state.state !== 'waiting' || state.reason !== 'restarting') return null
  switch (state.detail) {
    case 'process_died':
    case 'browser_died':
    case 'page_died':
      return 'crashed'
    case 'process_hung':
    case 'page_hung':
      return 'hung'
    // As meant: a browser that has grown is started anew at a quiet moment, and so is one for another phone.
    case 'memory':
    case 'logged_out':
    case 'stopped':
      return null
    default:
      return 'failed'
  }
}

/** Running again, or waiting for something that is no trouble of the process. */
function isSettled({ state }: ChannelState): boolean {
  return state === 'ready' || state === 'pairing' || state === 'stopped' || state === 'refused'
}
