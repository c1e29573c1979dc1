import { CallService } from '../calls/service.ts'
import { assembleCards } from '../cards/assemble.ts'
import type { Goods } from './assemble-goods.ts'
import type { Ground } from './assemble-ground.ts'
import type { MadeLater, Serving } from './assemble-serving.ts'

export type Calling = ReturnType<typeof assembleCalls>

/** How a shop reaches its owner: questions as cards, and calls to conversations. */
export function assembleCalls(
  ground: Ground,
  goods: Goods,
  people: Serving,
  later: Pick<MadeLater, 'adapter'>,
) {
  const { slug, storage, bus, clock, log, notifier, shop, probe } = ground
  const { conversations, inbox, wake, serving } = people
  const cardParts = assembleCards({
    storage,
    bus,
    clock,
    log,
    paused: () => wake.paused(),
    conversations,
    knowledge: goods.knowledge,
    catalog: goods.catalog,
    shop,
    cardHours: () => goods.selling.get().cardHours,
    inbox,
    adapter: (accountId) => later.adapter(accountId),
    probe,
  })
  const calls = new CallService({
    slug,
    storage,
    bus,
    log,
    conversations,
    notifier,
    settings: () => serving.get().callOwner,
    announce: (tx, conversationId, reason) => cardParts.callOwner(tx, conversationId, reason),
  })
  return { cardParts, calls }
}
