import type { CatalogService } from '../catalog/service.ts'
import type { CheckoutService } from '../checkout/service.ts'
import type { CustomerService } from '../customers/service.ts'
import type { KnownPersonalData, Personality, ShopBrief } from '../engines/engine.ts'
import type { EventBus } from '../events.ts'
import type { Clock } from '../host.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import { shopSummary } from './shop-summary.ts'

/** What the prompt of a turn is made of besides the conversation itself. */
export interface PromptSource {
  /** The same bytes until the owner changes something. */
  shopSummary(): string
  /** Whether the shop is open now, in words without a figure. */
  situation(): string
  personality(): Personality
  personal(conversation: { id: string; customerId: string }): KnownPersonalData
}

export interface PromptSourceDependencies {
  catalog: Pick<CatalogService, 'categories'>
  knowledge: KnowledgeService
  customers: Pick<CustomerService, 'detail' | 'livingId'>
  checkout: Pick<CheckoutService, 'view'>
  personality: { get(): Personality }
  shop: () => ShopBrief
  clock: Clock
  bus: EventBus
}

const summaryEvents: ReadonlySet<string> = new Set([
  'product.changed',
  'catalog.imported',
  'knowledge.changed',
  'profile.changed',
])

/** Reads a shop's prompt material from its services; the summary is kept until something in it may have changed. */
export function promptSource(deps: PromptSourceDependencies): PromptSource {
  let kept: { shop: ShopBrief; text: string } | null = null
  deps.bus.subscribe((event) => {
    const stock = event.type === 'product.changed' && event.payload.stockOnly === true
    if (summaryEvents.has(event.type) && !stock) kept = null
  })
  return {
    shopSummary() {
      const shop = deps.shop()
      if (kept === null || kept.shop !== shop) {
        const { catalog, knowledge } = deps
        const categories = catalog.categories().map(({ name }) => name)
        const text = shopSummary({
          shop,
          profile: knowledge.profile(),
          entries: knowledge.entries(),
          categories,
        })
        kept = { shop, text }
      }
      return kept.text
    },
    situation() {
      const { openNow, closedNow } = deps.knowledge.hours(new Date(deps.clock.now()))
      return openNow ? 'The shop is open now' : closedNow ? 'The shop is closed now' : ''
    },
    personality: () => deps.personality.get(),
    personal: (conversation) => personalData(deps, conversation),
  }
}

/** Everything by which the customer can be known, for who must keep it on this computer. */
function personalData(
  { customers, checkout }: PromptSourceDependencies,
  { id: conversationId, customerId }: { id: string; customerId: string },
): KnownPersonalData {
  const customer = customers.detail(customers.livingId(customerId))
  const { contact, delivery } = checkout.view({ conversationId, customerId })
  const given = (texts: readonly (string | null | undefined)[]) => [
    ...new Set(texts.map((text) => text?.trim() ?? '').filter((text) => text !== '')),
  ]
  const { addresses } = customer
  return {
    names: given([customer.name, contact.name, ...addresses.map(({ recipient }) => recipient)]),
    phones: given([customer.phone, contact.phone, ...addresses.map(({ phone }) => phone)]),
    emails: given([customer.email]),
    addresses: given([delivery.address, ...addresses.map(({ address }) => address)]),
    nationalIds: given([customer.nationalId]),
  }
}
