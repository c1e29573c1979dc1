import type { DeliveryZone, ShopProfile } from '../knowledge/profile.ts'
import type { KnowledgeService } from '../knowledge/service.ts'

/** Where an order is to go, as far as the shop's zones tell. */
export interface Destination {
  /** True: a zone takes it. False: the shop does not go there. Null: its zones say nothing of it. */
  served: boolean | null
  zone: DeliveryZone | null
  /** What the customer called it. */
  place: string
}

/** What stands for a zone in a checkout: its own id, or its name where the shop gave none. */
export function zoneKey(zone: DeliveryZone): string {
  return zone.id === '' ? zone.name : zone.id
}

export function zoneById(delivery: ShopProfile['delivery'], id: string | null): DeliveryZone | null {
  return delivery?.zones.find((zone) => zoneKey(zone) === id) ?? null
}

/**
 * Reads the destination from what was said: the place where there is one, else the end of the address, where towns and
 * postcodes stand. A street may bear the name of a town, so the beginning of an address refuses nothing.
 */
export function destinationOf(
  match: KnowledgeService['zone'],
  said: { place: string; address: string },
): Destination {
  if (said.place !== '') {
    const { served, zone } = match(said.place)
    if (served !== null) return { served, zone, place: said.place }
  }
  const parts = said.address
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const tail = parts.slice(1).toReversed()
  for (const part of tail) {
    const { served, zone } = match(part)
    if (served === true) return { served, zone, place: said.place || part }
    if (served === false && said.place === '') return { served, zone: null, place: part }
  }
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    const { served, zone, place } = match(only)
    if (served === true) return { served, zone, place: said.place || place }
  }
  return { served: null, zone: null, place: said.place }
}
