import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OrderBrief } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { dateTimeText, dayText, rowTime } from '../../ui/time.ts'
import { PaymentBadge, StateBadge } from './Badges.tsx'
import classes from './Orders.module.css'

/** An order in a list: who, what state, how much. */
export function OrderRow({ order }: { order: OrderBrief }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const name = order.customer === null ? t('noCustomer') : order.customer.name || t('unnamed')
  const slot = [order.slotDate === null ? '' : dayText(order.slotDate, language), order.slotLabel]
    .filter((each) => each !== '')
    .join(', ')
  const details = [
    t('pieces', { count: order.pieces }),
    t(`delivery.${order.deliveryMethod}`),
    ...(slot === '' ? [] : [slot]),
  ]
  return (
    <Link
      href={screenPath(shop.slug, 'orders', order.id)}
      className={classes.row}
      data-unseen={order.seenAt === null}
    >
      <span className={classes.number}>
        {order.number}
        {order.seenAt === null ? <span className={classes.new}>{t('new')}</span> : null}
      </span>
      <span className={classes.who}>
        <span className={classes.name}>{name}</span>
        <span className={classes.details}>{details.join(' · ')}</span>
      </span>
      <span className={classes.badges}>
        <StateBadge state={order.state} />
        <PaymentBadge state={order.paymentState} />
      </span>
      <span className={classes.figures}>
        <span className={classes.total}>{money(order.total)}</span>
        <time
          className={classes.details}
          dateTime={order.placedAt}
          title={dateTimeText(order.placedAt, language, shop.timeZone)}
        >
          {rowTime(order.placedAt, Date.now(), language, shop.timeZone)}
        </time>
      </span>
    </Link>
  )
}
