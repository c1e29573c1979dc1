import { Avatar, Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CustomerBrief } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { rowTime } from '../../ui/time.ts'
import classes from './Customers.module.css'

export function CustomerRow({ customer }: { customer: CustomerBrief }) {
  const { t } = useTranslation(['customers', 'inbox', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const name = customer.name || t('unnamed')
  const contact = [customer.phone, customer.email].filter((each) => each !== null && each !== '')
  const channels = customer.channels.map((kind) => t(`inbox:channel.${kind}`))
  const last = [customer.lastOrderAt, customer.lastMessageAt, customer.createdAt]
    .filter((each) => each !== null)
    .toSorted()
    .at(-1)
  return (
    <Link href={screenPath(shop.slug, 'customers', customer.id)} className={classes.row}>
      <Avatar name={name} color="initials" allowedInitialsColors={['clay', 'green', 'gray']} aria-hidden />
      <span className={classes.who}>
        <span className={classes.name}>{name}</span>
        <span className={classes.soft}>{[...contact, ...channels].join(' · ')}</span>
      </span>
      <span className={classes.state}>
        {customer.active ? null : (
          <Badge size="sm" variant="light" color="gray" tt="none">
            {t('inactive')}
          </Badge>
        )}
      </span>
      <span className={classes.figures}>
        <span className={classes.total}>
          {customer.orders === 0 ? '' : `${money(customer.spent)} · `}
          <span className={classes.softInline}>
            {customer.orders === 0 ? t('noOrders') : t('orders', { count: customer.orders })}
          </span>
        </span>
        {last === undefined ? null : (
          <time className={classes.soft} dateTime={last}>
            {rowTime(last, Date.now(), language, shop.timeZone)}
          </time>
        )}
      </span>
    </Link>
  )
}
