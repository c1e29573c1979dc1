import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import type { Order, Shop, ShopEvent } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { api } from '../../rpc/client.ts'
import { formatMoney } from '../../ui/money.ts'

function noticeId(orderId: string): string {
  return `order-${orderId}`
}

/** For an order that is being looked at. */
export function hideOrderNotice(orderId: string): void {
  notifications.hide(noticeId(orderId))
}

/** Tells the owner, on whatever screen, that a customer has ordered. What the desk itself sold needs no notice. */
export async function noticeOrder(shop: Shop, event: ShopEvent, queries: QueryClient): Promise<void> {
  if (event.type !== 'order.placed') return
  const { orderId } = event.payload
  let order: Order
  try {
    order = await queries.fetchQuery(api.orders.get.queryOptions({ input: { shop: shop.slug, orderId } }))
  } catch {
    // The list and the badge show it as soon as it can be read again.
    return
  }
  if (order.source === 'counter' || order.source === 'desk') return
  const path = screenPath(shop.slug, 'orders', orderId)
  if (window.location.hash === `#${path}`) return
  const id = noticeId(orderId)
  const customer = order.customer?.name || i18next.t('orders:unnamed')
  notifications.show({
    id,
    autoClose: 30_000,
    color: 'green',
    title: i18next.t('orders:notice.title', { number: order.number }),
    message: (
      <>
        {customer} · {formatMoney(order.total, order.currency, shop.locale)}{' '}
        <Anchor href={`#${path}`} size="sm" underline="always" onClick={() => notifications.hide(id)}>
          {i18next.t('orders:notice.open')}
        </Anchor>
      </>
    ),
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  })
}
