import type { ShopBrief } from '../../engines/engine.ts'
import type { DeliveryZone, ShopProfile } from '../../knowledge/profile.ts'
import type { KnowledgeService } from '../../knowledge/service.ts'
import type { Fact } from '../facts.ts'
import { type MoneyData, moneyData } from './money-data.ts'

export type ToolZone = {
  name: string
  areas: string[]
  fee: MoneyData | null
  freeFrom: MoneyData | null
  eta: string
  excludes: string[]
}

export type ToolDelivery = {
  zones: ToolZone[]
  minOrder: MoneyData | null
  /** The zone that the question speaks of. */
  zone?: ToolZone
  /** Whether the shop delivers where the question asks; left out when it says nothing of that place. */
  served?: boolean
  /** The place as the shop writes it. */
  place?: string
  pickup: { fee: MoneyData | null; note: string } | null
  notServed: string
}

/** The profile's delivery, as engines see it, with what it says of the place in `query`. */
export function deliveryData(
  knowledge: KnowledgeService,
  shop: ShopBrief,
  query: string,
): ToolDelivery | null {
  const { delivery } = knowledge.profile()
  if (delivery === null) return null
  const money = (amount: number | null) =>
    amount === null ? null : moneyData({ amount, currency: shop.currency }, shop.locale)
  const zoneData = ({ name, areas, fee, freeFrom, eta, excludes }: DeliveryZone): ToolZone => ({
    name,
    areas,
    fee: money(fee),
    freeFrom: money(freeFrom),
    eta,
    excludes,
  })
  const match = knowledge.zone(query)
  return {
    zones: delivery.zones.map(zoneData),
    minOrder: money(delivery.minOrder),
    ...(match.zone === null ? {} : { zone: zoneData(match.zone) }),
    ...(match.served === null ? {} : { served: match.served, place: match.place }),
    pickup: delivery.pickup === null ? null : { fee: money(delivery.pickup.fee), note: delivery.pickup.note },
    notServed: delivery.notServed,
  }
}

/** Fees and limits of delivery, for the gate. */
export function deliveryFacts(delivery: ShopProfile['delivery'], { currency }: ShopBrief): Fact[] {
  if (delivery === null) return []
  const facts: Fact[] = []
  const fee = (name: string, amount: number | null | undefined) => {
    if (amount !== null && amount !== undefined)
      facts.push({ kind: 'fee', name, money: { amount, currency } })
  }
  for (const zone of delivery.zones) {
    fee(`delivery:${zone.name}`, zone.fee)
    fee(`delivery.free_from:${zone.name}`, zone.freeFrom)
    const text = [zone.name, ...zone.areas, zone.eta, ...zone.excludes].filter(Boolean).join('\n')
    facts.push({ kind: 'shop_text', topic: 'delivery', text })
  }
  fee('delivery.min_order', delivery.minOrder)
  fee('pickup', delivery.pickup?.fee)
  const told = [
    { topic: 'pickup', text: delivery.pickup?.note ?? '' },
    { topic: 'delivery', text: delivery.notServed },
  ]
  for (const { topic, text } of told) if (text !== '') facts.push({ kind: 'shop_text', topic, text })
  return facts
}
