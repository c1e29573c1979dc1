import { readDialogue } from '../builtin/state.ts'
import type { EngineRequest } from '../engine.ts'

/** Characters of what is remembered that a prompt has room for. */
const longestMemory = 1_500

/** What surrounds this turn: the moment, the customer, what was said before and what is waiting for an answer. */
export function contextText(request: EngineRequest): string {
  const { prompt } = request
  const lines = [
    `Now: ${momentText(request)}${prompt?.situation === undefined ? '' : `. ${prompt.situation}`}`,
    ...customerLines(request),
    ...(prompt?.earlier == null
      ? []
      : [`Earlier in this conversation: ${prompt.earlier.slice(0, longestMemory)}`]),
    ...waitingLines(request),
  ]
  return lines.join('\n')
}

/** "Saturday 21 November 2026, 19:14" in the shop's zone. */
function momentText({ now, shop }: EngineRequest): string {
  const date = new Date(now)
  const { timeZone } = shop
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  return `${day.format(date)}, ${time.format(date)} (${new Intl.DateTimeFormat('en-CA', { timeZone }).format(date)})`
}

function customerLines({ customer }: EngineRequest): string[] {
  const name = oneLine(customer.name)
  const met = customer.returning ? 'has written before' : 'writes for the first time'
  const preferences = customer.preferences.slice(-8).map(({ topic, text }) => `${topic}: ${oneLine(text)}`)
  const orders = customer.lastOrders.slice(0, 3).map(({ number, state, placedAt, lines }) => {
    const what = lines
      .slice(0, 4)
      .map(({ name: product, title, quantity }) => `${quantity} × ${oneLine(`${product} ${title}`)}`)
    return `${number} (${state}, ${placedAt.slice(0, 10)}): ${what.join(', ')}`
  })
  return [
    `Customer: ${name === '' ? 'name not known' : name}, ${met}`,
    ...(preferences.length === 0 ? [] : [`Told of themselves: ${preferences.join('; ')}`]),
    ...(orders.length === 0 ? [] : [`Last orders: ${orders.join(' | ')}`]),
  ]
}

/** What the reply before left open, whoever wrote it. */
function waitingLines(request: EngineRequest): string[] {
  const { shown, pending, checkout, lastQuote } = readDialogue(request.state)
  const lines: string[] = []
  if (shown.length > 0)
    lines.push(
      `Shown last, in this order: ${shown.map(({ id, name }, index) => `${index + 1}. ${oneLine(name)} (productId ${id})`).join('; ')}`,
    )
  if (checkout?.summaryId != null)
    lines.push(
      `The customer was shown an order summary (summaryId ${checkout.summaryId}). On a clear yes, and only then: place_order with it.`,
    )
  else if (checkout !== null && checkout.asked.length > 0)
    lines.push(`For their order they were asked for: ${checkout.asked.join(', ')}`)
  if (lastQuote !== null) lines.push(`The last quote: quoteId ${lastQuote}`)
  if (pending?.kind === 'confirm_add')
    lines.push(
      `They were asked whether to put this in the cart: variantId ${pending.variantId}, quantity ${pending.quantity}`,
    )
  if (pending?.kind === 'confirm_quote')
    lines.push(
      `They were asked whether to put this in the cart: variantId ${pending.variantId}, quoteId ${pending.quoteId}`,
    )
  if (pending?.kind === 'confirm_clear') lines.push('They were asked whether to empty the cart.')
  if (pending?.kind === 'cancel_order')
    lines.push(
      `They were asked whether to cancel order ${oneLine(pending.number)} (orderId ${pending.orderId})`,
    )
  if (pending?.kind === 'variant')
    lines.push(`They were asked which variant of productId ${pending.productId} they want`)
  if (pending?.kind === 'product')
    lines.push(
      `They were asked which product they want: ${pending.productIds.map((id) => `productId ${id}`).join(', ')}`,
    )
  if (pending?.kind === 'person') lines.push('They were offered to speak with a person.')
  return lines
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200)
}
