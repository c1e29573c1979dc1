import type { Quote as QuoteView, Tariff as TariffView } from '../../preload/contract/index.ts'
import { readAnswers } from '../core/tariffs/answers.ts'
import { computeQuote } from '../core/tariffs/quote.ts'
import type { Quote, Tariff } from '../core/tariffs/tariff.ts'
import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.tariffs

export const tariffs = {
  list: os.list.handler(({ context, input }) => shopOf(context, input).tariffs.list().map(tariffView)),
  get: os.get.handler(({ context, input }) => {
    const tariff = shopOf(context, input).tariffs.of(input.productId)
    return tariff === null ? null : tariffView(tariff)
  }),
  set: os.set.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    return tariffView(
      shop.storage.write(actorOf(context), (tx) =>
        shop.tariffs.set(tx, input.productId, input.definition, input.expectedRevision),
      ),
    )
  }),
  remove: os.remove.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    shop.storage.write(actorOf(context), (tx) => shop.tariffs.remove(tx, input.productId))
    return isDone
  }),
  preview: os.preview.handler(({ input }) => {
    const { definition } = input
    const { answers } = readAnswers(definition, input.answers)
    const { missing, lines, total } = computeQuote(definition, answers)
    return { missing: missing.map(({ key }) => key), lines, total, priceKind: definition.priceKind }
  }),
  quotes: os.quotes.handler(({ context, input }) => {
    const { shop: _, limit, ...query } = input
    const found = shopOf(context, input).tariffs.quotes({ ...query, limit: limit + 1 })
    return { items: found.slice(0, limit).map(quoteView), more: found.length > limit }
  }),
}

function tariffView({ productId, productName, definition, revision }: Tariff): TariffView {
  return { productId, productName, definition, revision }
}

function quoteView({ variantId: _variantId, answers, ...quote }: Quote): QuoteView {
  return { ...quote, answers: { ...answers } }
}
