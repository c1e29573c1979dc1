import type { Shop as ShopView } from '../../preload/contract/index.ts'
import { currencyDigits } from '../core/money/money.ts'
import type { Shop } from '../core/shops/shop.ts'
import { actorOf } from './context.ts'
import { implementer, shopOf } from './procedure.ts'

const os = implementer.shops

export const shops = {
  list: os.list.handler(({ context }) =>
    context.app.shops.list().map(({ slug, error }) => ({
      slug,
      shop: error === null ? shopView(context.app.shops.open(slug)) : null,
      error,
    })),
  ),
  create: os.create.handler(async ({ context, input }) => {
    const shop = await context.app.shops.create(input)
    context.serving.shopCreated(shop.slug)
    return shopView(shop)
  }),
  get: os.get.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    return { ...shopView(shop), products: shop.catalog.count() }
  }),
  profile: os.profile.handler(({ context, input }) => shopOf(context, input).knowledge.profile()),
  setProfile: os.setProfile.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    return shop.storage.write(actorOf(context), (tx) => shop.knowledge.setProfile(tx, input.profile))
  }),
}

export function shopView(shop: Shop): ShopView {
  const brief = shop.brief()
  return {
    slug: shop.slug,
    name: brief.name,
    currency: brief.currency,
    currencyDigits: currencyDigits(brief.currency),
    locale: brief.locale,
    country: brief.country,
    timeZone: brief.timeZone,
    pricesIncludeTax: brief.pricesIncludeTax,
  }
}
