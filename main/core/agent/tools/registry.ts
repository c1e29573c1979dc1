import { applyDiscount } from './apply-discount.ts'
import { askOwner } from './ask-owner.ts'
import { cancelOrder } from './cancel-order.ts'
import { clearCart } from './clear-cart.ts'
import type { ToolDependencies } from './dependencies.ts'
import { forget } from './forget.ts'
import { getProducts } from './get-products.ts'
import { handOver } from './hand-over.ts'
import { listCategories } from './list-categories.ts'
import { orderStatus } from './order-status.ts'
import { placeOrder } from './place-order.ts'
import { quoteService } from './quote-service.ts'
import { rememberContact } from './remember-contact.ts'
import { rememberPreference } from './remember-preference.ts'
import { removeCartLine } from './remove-cart-line.ts'
import { searchProducts } from './search-products.ts'
import { sendDocument } from './send-document.ts'
import { sendProductPhoto } from './send-product-photo.ts'
import { setCartLine } from './set-cart-line.ts'
import { setContact } from './set-contact.ts'
import { setDelivery } from './set-delivery.ts'
import { setPaymentMethod } from './set-payment-method.ts'
import { shopInformation } from './shop-information.ts'
import { summarizeOrder } from './summarize-order.ts'
import type { Tool } from './tool.ts'
import { viewCart } from './view-cart.ts'
import { viewCheckout } from './view-checkout.ts'

/** The tools of the agent, the same for every engine. */
export function createTools(deps: ToolDependencies): Tool[] {
  // Each tool takes what its own schema gives out; the loop parses the arguments with that schema before it calls.
  return [
    searchProducts(deps),
    getProducts(deps),
    listCategories(deps),
    viewCart(deps),
    setCartLine(deps),
    removeCartLine(deps),
    clearCart(deps),
    viewCheckout(deps),
    setDelivery(deps),
    setContact(deps),
    setPaymentMethod(deps),
    applyDiscount(deps),
    summarizeOrder(deps),
    placeOrder(deps),
    orderStatus(deps),
    cancelOrder(deps),
    shopInformation(deps),
    quoteService(deps),
    sendDocument(deps),
    sendProductPhoto(deps),
    askOwner(deps),
    rememberContact(deps),
    rememberPreference(deps),
    forget(deps),
    handOver(),
  ] as Tool[]
}
