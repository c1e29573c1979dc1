import type { CheckoutView } from '../../checkout/checkout.ts'
import type { JsonValue } from '../../json.ts'
import type { ActionKind } from '../facts.ts'
import { checkoutFacts, toolCheckout } from './checkout-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { ToolContext, ToolOutcome } from './tool.ts'

/** What a tool gives that changed a checkout: how it stands now, and that it was done. */
export function checkoutOutcome(
  deps: ToolDependencies,
  context: ToolContext,
  view: CheckoutView,
  actions: readonly ActionKind[],
  more: Record<string, JsonValue> = {},
): ToolOutcome {
  const { facts, cites } = checkoutFacts(view, deps, context.language)
  return {
    data: { ...more, checkout: toolCheckout(view, deps, context.language) },
    facts: [...facts, ...actions.map((action) => ({ kind: 'action' as const, action }))],
    cites,
  }
}
