import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { App } from '../../main/core/app.ts'
import type { Price } from '../../main/core/catalog/product.ts'
import { toMinorUnits } from '../../main/core/money/money.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import type { TariffDefinition } from '../../main/core/tariffs/tariff.ts'

/** Shops of the conversations, written short: a variant is `SKU | option / option | price | stock`. */
const shopFile = z.object({
  name: z.string(),
  currency: z.string(),
  locale: z.string(),
  country: z.string(),
  timeZone: z.string(),
  products: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['good', 'service']).optional(),
      category: z.string(),
      description: z.string(),
      attributes: z.record(z.string(), z.string()).optional(),
      options: z.array(z.string()).optional(),
      status: z.enum(['available', 'sold_out']).optional(),
      madeToOrder: z.boolean().optional(),
      leadTimeDays: z.number().optional(),
      variants: z.array(z.string()),
      /** What a service's price is made of; checked where it is set. */
      tariff: z.custom<TariffDefinition>().optional(),
    }),
  ),
  profile: z.any(),
})

function parseVariant(text: string, currency: string) {
  const [sku = '', options = '', price = '', stock = ''] = text.split('|').map((part) => part.trim())
  return {
    sku,
    options: options === '' ? [] : options.split('/').map((part) => part.trim()),
    price: parsePrice(price, currency),
    stock: stock === '-' ? { tracked: false, onHand: 0 } : { tracked: true, onHand: Number(stock) },
  }
}

function parsePrice(text: string, currency: string): Price {
  if (text === 'ask') return { kind: 'ask' }
  const amount = toMinorUnits(Number(text.replace('from ', '')), currency)
  return { kind: text.startsWith('from ') ? 'from' : 'exact', amount }
}

/** Makes the shop of `shops/<file>.json` in an app, with its products, profile and search index. */
export async function openFixtureShop(app: App, file: string): Promise<Shop> {
  const data = shopFile.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, 'shops', `${file}.json`), 'utf8')),
  )
  const { products, profile, ...brief } = data
  const shop = await app.shops.create(brief)
  shop.storage.write('system', (tx) => {
    for (const { options, variants, tariff, ...product } of products) {
      const { id } = shop.catalog.create(tx, {
        ...product,
        optionNames: options ?? [],
        variants: variants.map((variant) => parseVariant(variant, data.currency)),
      })
      if (tariff !== undefined) shop.tariffs.set(tx, id, tariff)
    }
    shop.knowledge.setProfile(tx, profile)
  })
  await shop.search.caughtUp()
  return shop
}
