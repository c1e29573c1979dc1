import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageInput, Price, ProductInput, VariantInput } from '../catalog/product.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { ShopProfileInput } from '../knowledge/profile.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import type { MediaStore } from '../media/service.ts'
import { toMinorUnits } from '../money/money.ts'
import type { Storage } from '../storage/storage.ts'
import { type PriceTag, priceTags } from './prices.ts'
import { type DemoProduct, type DemoProfile, type DemoShop, demoShopSchema } from './shop-file.ts'

interface ShopParts {
  storage: Storage
  catalog: CatalogService
  knowledge: KnowledgeService
  media: MediaStore
}

interface DemoOptions {
  /** BCP 47. Spanish for `es-…`, English for every other. */
  locale: string
  /** ISO 4217 code of the shop. */
  currency: string
  /** Absolute folder of the shipped resources. */
  resources: string
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}

type Language = 'es' | 'en'

/** Products of one unit of work: short enough that a running app does not notice. */
const slice = 8
const largestPicture = 1024 * 1024

/**
 * Fills a shop with the demo shop's products, pictures and profile, in its language and at plausible prices of its
 * currency. Products whose SKU is there already are left alone, so that it can be repeated after an interruption.
 * @returns how many products came in.
 * @throws DomainError of the catalog, the knowledge and the media store; an Error when the shipped file is broken.
 */
export async function loadDemoShop(shop: ShopParts, options: DemoOptions): Promise<{ products: number }> {
  const folder = join(options.resources, 'demo')
  const demo = await readDemoShop(folder)
  const language: Language = options.locale.toLowerCase().startsWith('es') ? 'es' : 'en'
  const tag = priceTags(demo.currencies, options.currency)
  shop.storage.write('system', (tx) => {
    shop.knowledge.setProfile(tx, localProfile(demo.profile[language], tag))
  })
  const missing = demo.products.filter((product) => shop.catalog.variantBySku(firstSku(product)) === null)
  for (let at = 0; at < missing.length; at += slice) {
    options.signal?.throwIfAborted()
    const inputs: ProductInput[] = []
    for (const product of missing.slice(at, at + slice)) {
      const picture = await keepPicture(shop.media, join(folder, product.image), product.name[language])
      inputs.push(localProduct(product, picture, { language, currency: options.currency, tag }))
    }
    shop.storage.write('system', (tx) => {
      for (const input of inputs) shop.catalog.create(tx, input)
    })
    options.onProgress?.(Math.min(at + slice, missing.length), missing.length)
  }
  return { products: missing.length }
}

/** The demo shop as it is shipped, checked. Its name in both languages is what a new demo shop may be called. */
export async function readDemoShop(folder: string): Promise<DemoShop> {
  return demoShopSchema.parse(JSON.parse(await readFile(join(folder, 'shop.json'), 'utf8')))
}

async function keepPicture(media: MediaStore, file: string, alt: string): Promise<ImageInput> {
  const { hash } = await media.put(createReadStream(file), { maxBytes: largestPicture, allowed: ['image/*'] })
  return { mediaHash: hash, alt }
}

interface Place {
  language: Language
  currency: string
  tag: PriceTag
}

function localProduct(product: DemoProduct, picture: ImageInput, place: Place): ProductInput {
  const { language } = place
  return {
    name: product.name[language],
    description: product.description[language],
    category: product.category[language],
    aliases: product.aliases[language],
    attributes: product.attributes?.[language] ?? {},
    madeToOrder: product.madeToOrder ?? false,
    leadTimeDays: product.leadTimeDays ?? null,
    optionNames: product.options?.[language] ?? [],
    images: [picture],
    variants: product.variants.map((variant) => localVariant(product, variant, place)),
    source: 'demo',
    externalId: product.sku,
  }
}

function localVariant(
  product: DemoProduct,
  variant: DemoProduct['variants'][number],
  place: Place,
): VariantInput {
  const minor = (euros: number) => toMinorUnits(place.tag(euros), place.currency)
  const price: Price =
    variant.price.kind === 'ask'
      ? { kind: 'ask' }
      : { kind: variant.price.kind, amount: minor(variant.price.amount) }
  return {
    sku: variant.sku ?? product.sku,
    options: variant.options?.[place.language] ?? [],
    price,
    compareAt: variant.compareAt === undefined ? null : minor(variant.compareAt),
    stock: { tracked: variant.stock !== null, onHand: variant.stock ?? 0 },
  }
}

function localProfile(profile: DemoProfile, tag: PriceTag): ShopProfileInput {
  const { delivery, deposit } = profile
  return {
    ...profile,
    delivery: {
      ...delivery,
      minOrder: tag(delivery.minOrder),
      zones: delivery.zones.map((zone) => ({ ...zone, fee: tag(zone.fee), freeFrom: tag(zone.freeFrom) })),
      pickup: { ...delivery.pickup, fee: tag(delivery.pickup.fee) },
    },
    deposit: { ...deposit, over: tag(deposit.over) },
  }
}

function firstSku(product: DemoProduct): string {
  return product.variants[0]?.sku ?? product.sku
}
