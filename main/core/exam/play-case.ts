import type { ChatReply } from '../chat/service.ts'
import { isDomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import type { Shop } from '../shops/shop.ts'
import { mostExchanges, nextWords } from './buyer.ts'
import type { ExamCase, ExamTurn, PlayedTurn } from './exam.ts'
import type { ModelCustomer } from './model-customer.ts'

export interface PlayOptions {
  /** Name of the simulated customer; each case has one of its own. */
  as: string
  clock: Clock
  signal: AbortSignal
  /** Plays customers who order; by rules where it is left out or fails. */
  customer?: ModelCustomer | undefined
}

/** Plays one case as a customer of the test chat. What a turn fails with is part of the case. @throws when `signal` aborts */
export async function playCase(shop: Shop, item: ExamCase, options: PlayOptions): Promise<PlayedTurn[]> {
  const played: PlayedTurn[] = []
  const ask = async (turn: ExamTurn): Promise<ChatReply | null> => {
    options.signal.throwIfAborted()
    const started = options.clock.monotonic()
    const done = (reply: ChatReply | null, failure: string | null) => {
      played.push({ turn, reply, failure, durationMs: options.clock.monotonic() - started })
      return reply
    }
    try {
      return done(await shop.chat.ask(options.as, turn.customer, options.signal), null)
    } catch (error) {
      options.signal.throwIfAborted()
      return done(null, isDomainError(error) ? error.code : 'engine.failed')
    }
  }
  try {
    let reply: ChatReply | null = null
    for (const turn of item.turns) {
      reply = await ask(turn)
      if (reply === null || reply.mode !== 'bot') return played
    }
    if (item.buyer !== null) await order(reply, ask, (stuck) => nextOf(shop, item, played, stuck, options))
    return played
  } finally {
    release(shop, options.as)
  }
}

/** Goes on until the order is placed, a person takes over or the customer gives up. */
async function order(
  first: ChatReply | null,
  ask: (turn: ExamTurn) => Promise<ChatReply | null>,
  words: (stuck: number) => Promise<{ text: string; understood: boolean } | null>,
): Promise<void> {
  let reply = first
  let stuck = 0
  for (let exchange = 0; exchange < mostExchanges; exchange++) {
    if (reply === null || reply.reply === null || reply.order !== null || reply.mode !== 'bot') return
    const next = await words(stuck)
    if (next === null) return
    stuck = next.understood ? 0 : stuck + 1
    reply = await ask({
      customer: next.text,
      says: [],
      neverSays: [],
      tells: [],
      mayChange: false,
      cart: null,
    })
  }
}

/** What the customer writes next: a model's words where one plays, else by rules. */
async function nextOf(
  shop: Shop,
  item: ExamCase,
  played: readonly PlayedTurn[],
  stuck: number,
  { customer, clock, signal }: PlayOptions,
): Promise<{ text: string; understood: boolean } | null> {
  const { buyer } = item
  if (buyer === null) return null
  const language = item.language ?? 'es'
  const talk = played.map(({ turn, reply }) => ({ customer: turn.customer, answer: reply?.reply ?? '' }))
  const now = new Date(clock.now()).toISOString()
  const said = await customer?.next({ shop: shop.brief(), buyer, language, talk, now, signal })
  if (said != null) return { text: said, understood: true }
  return nextWords(talk.at(-1)?.answer ?? '', buyer, language, stuck)
}

/** Lets go of what the case's orders hold, so that the next case finds the shop as it was. */
function release(shop: Shop, as: string): void {
  const { customerId } = shop.conversations.get(shop.chat.open(as))
  for (const { id, state } of shop.orders.ofCustomer(customerId)) {
    if (state !== 'pending' && state !== 'processing') continue
    shop.storage.write('system', (tx) => shop.orders.setState(tx, id, { state: 'cancelled', tell: false }))
  }
}
