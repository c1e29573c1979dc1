import { z } from 'zod'
import type { ShopBrief } from '../../engines/engine.ts'
import { DomainError } from '../../errors.ts'
import { readAnswers } from '../../tariffs/answers.ts'
import { computeQuote } from '../../tariffs/quote.ts'
import type { Label, Quote, QuoteLine, Tariff, TariffInput } from '../../tariffs/tariff.ts'
import type { Fact } from '../facts.ts'
import type { ToolDependencies } from './dependencies.ts'
import { moneyData } from './money-data.ts'
import { productCites, productFacts } from './product-data.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  productId: z.string().describe('of a product with pricedBy: quote_service'),
  answers: z.record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean()])).default({}),
})

type Language = 'es' | 'en'

/** Prices a service from its tariff: says what is still to be asked, else keeps a quote and gives its lines. */
export function quoteService({ tariffs, catalog, shop }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'quote_service',
    description:
      'Prices a service whose price depends on facts. Call it with the answers known so far, by the keys of `inputs`; it names the questions that are `missing`, or gives the quote line by line.',
    input,
    effect: true,
    run(context, tx, { productId, answers: given }) {
      requireSeen(context, [productId])
      const tariff = tariffs.of(productId)
      const product = catalog.product(productId)
      if (tariff === null || product === null || !catalog.isForSale(product))
        throw new DomainError('not_found', { entity: 'tariff', id: productId })
      const brief = shop()
      const { language } = context
      const { answers, refused } = readAnswers(tariff.definition, given)
      const { missing, total } = computeQuote(tariff.definition, answers)
      const quote =
        total === null
          ? null
          : tariffs.quote(tx, productId, answers, {
              customerId: context.customerId,
              conversationId: context.conversationId,
            })
      return {
        data: {
          productId,
          variantId: product.variants[0]?.id ?? null,
          name: product.name,
          inputs: tariff.definition.inputs.map((one) => toolInput(one, language)),
          answers,
          missing: missing.map(({ key }) => key),
          refused: refused.map(({ key, issue }) => ({ key, issue })),
          requirements: tariff.definition.requirements.map((one) => pick(one, language)),
          note: pick(tariff.definition.note, language),
          quote: quote === null ? null : toolQuote(quote, brief, language),
        },
        facts: [
          ...productFacts(product, brief),
          ...tariffFacts(tariff, language),
          ...(quote === null ? [] : quoteFacts(quote, brief, language)),
        ],
        cites: productCites(product),
      }
    },
  }
}

function pick(label: Label, language: Language): string {
  return label[language] || label.es || label.en
}

function toolInput(given: TariffInput, language: Language) {
  return {
    key: given.key,
    type: given.type,
    label: pick(given.label, language),
    question: pick(given.question, language),
    unit: given.type === 'number' ? given.unit : '',
    min: given.type === 'number' ? given.min : null,
    max: given.type === 'number' ? given.max : null,
    options:
      given.type === 'choice'
        ? given.options.map(({ value, label, words }) => ({
            value,
            label: pick(label, language),
            words: [label.es, label.en, ...words].filter((word) => word !== ''),
          }))
        : [],
  }
}

function toolQuote(quote: Quote, shop: ShopBrief, language: Language) {
  const money = (amount: number) => moneyData({ amount, currency: shop.currency }, shop.locale)
  return {
    quoteId: quote.id,
    number: quote.number,
    lines: quote.lines.map((line) => ({
      label: pick(line.label, language),
      quantity: line.quantity,
      unit: line.unit,
      unitAmount: line.unitAmount === null ? null : money(line.unitAmount),
      amount: money(line.amount),
      text: lineText(line, shop, language),
    })),
    total: money(quote.total),
    priceKind: quote.priceKind,
    validUntil: quote.validUntil,
    validUntilText: quote.validUntil === null ? '' : dateText(quote.validUntil, shop, language),
  }
}

/** "Plazas: 3 × 8,50 € = 25,50 €" */
function lineText(line: QuoteLine, shop: ShopBrief, language: Language): string {
  const money = (amount: number) => moneyData({ amount, currency: shop.currency }, shop.locale).text
  const label = pick(line.label, language)
  if (line.quantity === null || line.unitAmount === null) return `${label}: ${money(line.amount)}`
  const unit = line.unit === '' ? '' : ` ${line.unit}`
  const count = new Intl.NumberFormat(shop.locale, { maximumFractionDigits: 3 }).format(line.quantity)
  return `${label}: ${count}${unit} × ${money(line.unitAmount)} = ${money(line.amount)}`
}

function dateText(instant: string, shop: ShopBrief, language: Language): string {
  return new Intl.DateTimeFormat(language === 'es' ? shop.locale : 'en-GB', {
    timeZone: shop.timeZone,
    day: 'numeric',
    month: 'long',
  }).format(new Date(instant))
}

/** What the shop's own words about a tariff say: they may be repeated. */
function tariffFacts({ definition }: Tariff, language: Language): Fact[] {
  const texts = [
    ...definition.inputs.map(({ question }) => pick(question, language)),
    ...definition.requirements.map((one) => pick(one, language)),
    pick(definition.note, language),
  ]
  return texts
    .filter((text) => text !== '')
    .map((text): Fact => ({ kind: 'shop_text', topic: 'tariff', text }))
}

function quoteFacts(quote: Quote, shop: ShopBrief, language: Language): Fact[] {
  const total = { amount: quote.total, currency: shop.currency }
  const lines = [
    ...quote.lines.map((line) => lineText(line, shop, language)),
    `${quote.product.name}: ${moneyData(total, shop.locale).text}`,
    quote.validUntil === null ? '' : dateText(quote.validUntil, shop, language),
    quote.number,
  ]
  return [
    {
      kind: 'price',
      productId: quote.product.id,
      variantId: quote.variantId,
      role: 'quoted',
      money: total,
    },
    ...lines.filter((text) => text !== '').map((text): Fact => ({ kind: 'shop_text', topic: 'quote', text })),
  ]
}
