import type { AwayService } from '../../away/service.ts'
import type { CardService } from '../../cards/service.ts'
import type { CatalogService } from '../../catalog/service.ts'
import type { CheckoutService } from '../../checkout/service.ts'
import type { CustomerService } from '../../customers/service.ts'
import type { DocumentService } from '../../documents/service.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import type { Clock } from '../../host.ts'
import type { KnowledgeService } from '../../knowledge/service.ts'
import type { OrderService } from '../../orders/service.ts'
import type { SearchService } from '../../search/service.ts'
import type { DiscountService } from '../../selling/discount-service.ts'
import type { CartService } from '../../selling/service.ts'
import type { TariffService } from '../../tariffs/service.ts'

/** Services that the tools stand on. */
export interface ToolDependencies {
  catalog: CatalogService
  search: SearchService
  knowledge: KnowledgeService
  carts: CartService
  checkout: CheckoutService
  discounts: DiscountService
  away: AwayService
  tariffs: TariffService
  orders: OrderService
  customers: CustomerService
  documents: DocumentService
  cards: CardService
  shop: () => ShopBrief
  /** For opening hours; the system's clock when left out. */
  clock?: Clock
}
