import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { notifyDone } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { useOrderWrites } from './queries.ts'
import { newPayment } from './state.ts'

/** Tells that a payment was registered and offers to take it back. `before`: the order without it. */
export function usePaymentUndo(before: Order): (after: Order, message: string) => void {
  const { t } = useTranslation(['orders', 'common'])
  const { slug: shop } = useShop()
  const { removePayment } = useOrderWrites()
  return (after, message) => {
    const paymentId = newPayment(after, before)
    if (paymentId === null) {
      notifyDone(message)
      return
    }
    notifyUndo({
      id: `payment-${paymentId}`,
      message,
      undo: async () => {
        await removePayment.mutateAsync({ shop, orderId: after.id, paymentId })
        notifyDone(t('pay.removed'))
      },
    })
  }
}
