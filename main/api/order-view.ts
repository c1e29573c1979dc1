import type { Order } from '../../preload/contract/index.ts'
import type { Order as CoreOrder } from '../core/orders/order.ts'
import type { ApiContext } from './context.ts'

/** An order as the desk shows it: with the names of the people who changed it. */
export function orderView(context: ApiContext, order: CoreOrder): Order {
  const names = new Map<string, string | null>()
  const nameOf = (actor: string): string | null => {
    if (!actor.startsWith('person:')) return null
    const known = names.get(actor)
    if (known !== undefined) return known
    const person = context.serving.people.person(actor.slice('person:'.length))
    const name = person === null || person.name === '' ? null : person.name
    names.set(actor, name)
    return name
  }
  return {
    ...order,
    changes: order.changes.map((change) => ({ ...change, actorName: nameOf(change.actor) })),
  }
}
