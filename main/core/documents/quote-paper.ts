import type { Pricing } from '../selling/pricing.ts'
import type { Quote, TariffDefinition } from '../tariffs/tariff.ts'
import { customerBlock, type PaperCustomer, type PaperShop, shopLines, taxLines } from './order-paper.ts'
import type { Paper } from './paper.ts'
import type { PaperFormat } from './paper-format.ts'
import type { DocumentTemplate } from './template.ts'

/** The paper of a quote: its lines as they were given, whatever the tariff says by now. */
export function quotePaper(
  quote: Quote,
  definition: TariffDefinition | null,
  pricing: Pricing,
  customer: PaperCustomer | null,
  shop: PaperShop,
  template: DocumentTemplate,
  format: PaperFormat,
): Paper {
  const { texts, money, language } = format
  const words = template[language].quote
  const pick = (label: { es: string; en: string }) => label[language] || label.es || label.en
  const needed = (definition?.requirements ?? []).map(pick).filter((text) => text !== '')
  return {
    kind: 'quote',
    title: `${words.title} ${quote.number}`,
    words: {
      ...words,
      intro: [words.intro, `${quote.product.name}. ${answersText(quote, definition, format)}`]
        .filter((text) => text.trim() !== '')
        .join('\n'),
    },
    colour: template.colour,
    shop: shopLines(shop, template),
    number: quote.number,
    date: format.date(quote.at),
    facts:
      quote.validUntil === null ? [] : [{ label: texts.validUntil, value: format.date(quote.validUntil) }],
    customer: customerBlock(customer, texts.customer),
    delivery: null,
    headings: {
      sku: null,
      item: texts.item,
      quantity: texts.quantity,
      price: texts.price,
      amount: texts.amount,
    },
    rows: quote.lines.map((line) => ({
      sku: '',
      item: pick(line.label),
      quantity: line.quantity === null ? '' : format.quantity(line.quantity, line.unit || 'piece'),
      price: line.unitAmount === null ? '' : money(line.unitAmount),
      amount: money(line.amount),
    })),
    sums: sums(quote, pricing, shop, template, format),
    note: needed.length === 0 ? null : { label: texts.needed, text: needed.join('\n') },
    terms: words.terms,
    pages: texts.pages,
    language,
  }
}

function sums(
  quote: Quote,
  pricing: Pricing,
  { pricesIncludeTax }: PaperShop,
  template: DocumentTemplate,
  format: PaperFormat,
): Paper['sums'] {
  const { texts, money } = format
  const taxes = taxLines(pricing.taxes, pricesIncludeTax, template, format)
  const total = {
    label: quote.priceKind === 'from' ? texts.from : texts.total,
    value: money(pricing.total),
    strong: true,
  }
  if (pricesIncludeTax) return [total, ...taxes]
  return [{ label: texts.subtotal, value: money(pricing.subtotal), strong: false }, ...taxes, total]
}

/** "Plazas: 4 · Material: piel" */
function answersText(quote: Quote, definition: TariffDefinition | null, format: PaperFormat): string {
  const { texts, language } = format
  const parts = (definition?.inputs ?? []).flatMap((input) => {
    const answer = quote.answers[input.key]
    if (answer === undefined) return []
    const option = input.type === 'choice' ? input.options.find(({ value }) => value === answer) : undefined
    const text =
      typeof answer === 'boolean'
        ? answer
          ? texts.yes
          : texts.no
        : option === undefined
          ? `${answer}${input.type === 'number' && input.unit !== '' ? ` ${input.unit}` : ''}`
          : option.label[language] || option.label.es
    return [`${input.label[language] || input.label.es}: ${text}`]
  })
  return parts.join(' · ')
}
