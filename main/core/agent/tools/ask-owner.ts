import { z } from 'zod'
import type { CardService } from '../../cards/service.ts'
import type { CatalogService } from '../../catalog/service.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import type { TariffService } from '../../tariffs/service.ts'
import type { Citation, Fact } from '../facts.ts'
import { productCites, productFacts, toolProduct } from './product-data.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  kind: z
    .enum(['product', 'question'])
    .default('question')
    .describe('product: something that the catalog does not have'),
  question: z.string().trim().min(2).max(500).describe('the question in the customer’s own words'),
})

export interface AskOwnerDependencies {
  cards: CardService
  catalog: CatalogService
  tariffs: TariffService
  shop: () => ShopBrief
}

/** Puts a question before the owner; what was answered lately is told at once. */
export function askOwner({ cards, catalog, tariffs, shop }: AskOwnerDependencies): EffectTool<typeof input> {
  return {
    name: 'ask_owner',
    description:
      'Asks the owner what neither catalog nor shop_information answers. `opened`/`joined`: say that you will check and tell them here. `answered`: `answer` is what the owner said, quote it word for word. `limited`: nothing was asked.',
    input,
    effect: true,
    run(context, tx, { kind, question }) {
      const { conversationId, customerId, language, turnId } = context
      const asked = cards.ask(tx, { kind, question, conversationId, customerId, language, turnId })
      const facts: Fact[] = []
      if (asked.state !== 'limited') facts.push({ kind: 'action', action: 'owner_asked' })
      // The first line is only what the answer is about: the customer's figures are nobody's facts.
      if (asked.answer !== null) {
        const about = asked.card?.question.replace(/[?!.\s]*$/, '?') ?? '?'
        facts.push({ kind: 'shop_text', topic: 'card', text: `${about}\n${asked.answer}` })
      }
      const product = asked.productId === null ? null : catalog.product(asked.productId)
      const brief = shop()
      const cites: Citation[] = product === null ? [] : productCites(product)
      if (product !== null) facts.push(...productFacts(product, brief))
      return {
        data: {
          state: asked.state,
          answer: asked.answer,
          products: product === null ? [] : [toolProduct(product, brief, tariffs.of(product.id) !== null)],
          ...('alreadyWaiting' in asked ? { alreadyWaiting: asked.alreadyWaiting } : {}),
        },
        facts,
        cites,
      }
    },
  }
}
