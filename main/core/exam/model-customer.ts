import type { Engine, EngineRequest, HistoryMessage, Language, ShopBrief } from '../engines/engine.ts'
import { newId } from '../ids.ts'
import type { Buyer } from './exam.ts'

const longestText = 500
const longestStepMs = 60_000

/** What was said so far, oldest first. */
export interface Exchange {
  customer: string
  answer: string
}

export interface CustomerScene {
  shop: ShopBrief
  buyer: Buyer
  language: Language
  talk: readonly Exchange[]
  /** UTC ISO 8601. */
  now: string
  signal: AbortSignal
}

/**
 * A customer played by a model: the sides of the chat are turned round, so that the assistant's words are what the model
 * is asked. It gets no tools.
 */
export class ModelCustomer {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** What the customer writes next; null where the model fails or has nothing to say. */
  async next(scene: CustomerScene): Promise<string | null> {
    const stop = AbortSignal.any([scene.signal, AbortSignal.timeout(longestStepMs)])
    let text = ''
    try {
      for await (const event of this.#engine.step(requestOf(scene, stop)))
        if (event.type === 'text') text += event.delta
    } catch {
      scene.signal.throwIfAborted()
      return null
    }
    const said = text.replace(/\s+/g, ' ').trim().slice(0, longestText)
    return said === '' ? null : said
  }
}

function requestOf(
  { shop, buyer, language, talk, now, signal }: CustomerScene,
  stop: AbortSignal,
): EngineRequest {
  signal.throwIfAborted()
  const said = talk.flatMap(({ customer, answer }, at): HistoryMessage[] => [
    { id: `c${at}`, author: 'agent', text: customer, at: now },
    { id: `a${at}`, author: 'customer', text: answer, at: now },
  ])
  const last = said.pop()
  return {
    turnId: newId(),
    step: 0,
    shop,
    customer: { name: '', language, formOfAddress: null, returning: false, preferences: [], lastOrders: [] },
    state: {},
    history: said,
    input: last === undefined ? [] : [{ id: last.id, text: last.text, at: now, attachments: [] }],
    steps: [],
    tools: [],
    prompt: {
      conversationId: newId(),
      purpose: 'exam',
      shopSummary: wishOf(buyer),
      personality: {
        assistantName: '',
        tone: 'neutral',
        formOfAddress: 'auto',
        emoji: 'none',
        length: 'short',
        language,
        rules: [],
      },
      earlier: null,
      refusal: null,
      personal: { names: [], phones: [], emails: [], addresses: [], nationalIds: [] },
    },
    now,
    signal: stop,
  }
}

function wishOf({ name, phone, address, payment }: Buyer): string {
  return [
    'You want the order placed as it is in the cart.',
    `Your name: ${name}`,
    `Your phone: ${phone}`,
    address === null
      ? 'You collect the order at the shop.'
      : `You want it delivered to: ${address.street}, ${address.place}`,
    `You pay with: ${payment}`,
  ].join('\n')
}
