import type { ChatReply } from '../../main/core/chat/service.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import type { ShiftedClock } from './owner.ts'
import { act, releaseOrders } from './owner.ts'
import type { Script, ScriptTurn } from './script.ts'

export interface PlayedTurn {
  turn: ScriptTurn
  reply: ChatReply
  tools: string[]
  /** What the app wrote by itself before the turn. */
  told: string
  failures: string[]
}

function cartText(reply: ChatReply): string[] {
  return reply.cart.lines.map((line) => `${line.sku}×${line.quantity}`).sort()
}

function orderText(reply: ChatReply): string[] {
  return (reply.order?.lines ?? []).map((line) => `${line.sku}×${line.quantity}`).sort()
}

interface Outcome {
  tools: readonly string[]
  orders: number
  /** What the app wrote by itself since the turn before. */
  told: string
}

function check(turn: ScriptTurn, reply: ChatReply, { tools, orders, told }: Outcome): string[] {
  const failures: string[] = []
  const text = reply.reply ?? ''
  const list = (value: string): string[] =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  const expect = (holds: boolean, what: string): void => {
    if (!holds) failures.push(what)
  }
  const gate = reply.trace?.gate
  if (gate && !gate.ok)
    failures.push(`the gate refused: ${JSON.stringify(gate.findings)} in: ${gate.refusedText}`)
  for (const { name, value } of turn.expectations) {
    if (name === 'tools') for (const tool of list(value)) expect(tools.includes(tool), `tool ${tool} called`)
    else if (name === 'no-tools')
      for (const tool of list(value)) expect(!tools.includes(tool), `tool ${tool} not called`)
    else if (name === 'cart')
      expect(
        cartText(reply).join() === list(value).sort().join(),
        `cart ${value}, is ${cartText(reply).join() || 'empty'}`,
      )
    else if (name === 'no-cart')
      expect(reply.cart.lines.length === 0, `empty cart, is ${cartText(reply).join()}`)
    else if (name === 'cart-pieces')
      expect(
        reply.cart.lines.reduce((sum, line) => sum + line.quantity, 0) === Number(value),
        `${value} pieces, is ${cartText(reply).join() || 'empty'}`,
      )
    else if (name === 'total')
      expect(reply.cart.total === Number(value), `total ${value}, is ${reply.cart.total}`)
    else if (name === 'order')
      expect(
        orderText(reply).join() === list(value).sort().join(),
        `order ${value}, is ${orderText(reply).join() || 'none'}`,
      )
    else if (name === 'no-order') expect(reply.order === null, `no order, is ${orderText(reply).join()}`)
    else if (name === 'order-count') expect(orders === Number(value), `${value} orders, are ${orders}`)
    else if (name === 'order-state')
      expect(reply.order?.state === value, `order ${value}, is ${reply.order?.state}`)
    else if (name === 'order-total')
      expect(reply.order?.total === Number(value), `order total ${value}, is ${reply.order?.total}`)
    else if (name === 'order-delivery')
      expect(reply.order?.delivery === Number(value), `delivery ${value}, is ${reply.order?.delivery}`)
    else if (name === 'told') expect(new RegExp(value, 'iu').test(told), `told /${value}/, was told: ${told}`)
    else if (name === 'not-told') expect(told === '', `told nothing, was told: ${told}`)
    else if (name === 'says') expect(new RegExp(value, 'iu').test(text), `says /${value}/`)
    else if (name === 'never') expect(!new RegExp(value, 'iu').test(text), `never says /${value}/`)
    else if (name === 'language') expect(reply.language === value, `language ${value}, is ${reply.language}`)
    else if (name === 'mode') expect(reply.mode === value, `mode ${value}, is ${reply.mode}`)
    else failures.push(`unknown expectation ${name}`)
  }
  return failures
}

/** The shop of a script, and how to stop it and start it again. */
export interface Stage {
  shop: Shop
  clock: ShiftedClock
  restart(): Promise<Shop>
}

function toldSince(shop: Shop, conversationId: string, afterSeq: number): string {
  return shop.conversations
    .messages({ conversationId, limit: 20 })
    .filter((message) => message.seq > afterSeq && message.author === 'system')
    .map((message) => message.text)
    .join('\n\n')
}

/** Plays a script against an open shop as a customer of that name, the way the test chat does. */
export async function play(stage: Stage, script: Script, customer: string): Promise<PlayedTurn[]> {
  const played: PlayedTurn[] = []
  let { shop } = stage
  let as = customer
  const heard = new Map<string, number>()
  for (const turn of script.turns) {
    for (const line of turn.before) {
      const other = /^as (.+)$/.exec(line)?.[1]
      if (other !== undefined) as = `${customer} ${other}`
      else if (line === 'restart') shop = await stage.restart()
      else act({ shop, conversationId: shop.chat.open(as), clock: stage.clock }, line)
    }
    const conversationId = shop.chat.open(as)
    const told = toldSince(shop, conversationId, heard.get(conversationId) ?? 0)
    for (const text of turn.says.slice(0, -1)) shop.chat.say(conversationId, text)
    const reply = await shop.chat.ask(as, turn.says.at(-1) ?? '')
    const tools = reply.trace?.steps.flatMap((step) => step.calls.map((call) => call.tool)) ?? []
    const orders = shop.orders.ofCustomer(shop.conversations.get(conversationId).customerId).length
    heard.set(conversationId, shop.conversations.messages({ conversationId, limit: 1 }).at(-1)?.seq ?? 0)
    played.push({ turn, reply, tools, told, failures: check(turn, reply, { tools, orders, told }) })
  }
  releaseOrders(shop, shop.chat.open(customer))
  return played
}

/** The conversation as it went, for a failing test's message. */
export function transcript(played: readonly PlayedTurn[]): string {
  return played
    .map(({ turn, reply, tools, told, failures }) =>
      [
        ...turn.before.map((line) => `! ${line}`),
        ...(told === '' ? [] : told.split('\n').map((line) => `  (${line})`)),
        ...turn.says.map((text) => `> ${text}`),
        ...(reply.reply ?? '(nobody answered)').split('\n').map((line) => `  ${line}`),
        `  [${tools.join(', ')}] cart ${cartText(reply).join(' ') || '–'} ${JSON.stringify(reply.trace?.steps.at(-1)?.notes ?? null)}`,
        ...failures.map((failure) => `  ✗ ${failure}`),
      ].join('\n'),
    )
    .join('\n')
}
