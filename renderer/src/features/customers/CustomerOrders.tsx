import { Anchor, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Customer } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import { PaymentBadge, StateBadge } from '../orders/Badges.tsx'
import { noFilter } from '../orders/state.ts'
import { useOrdersStore } from '../orders/store.ts'
import classes from './Customers.module.css'

/** The last orders of a person. */
export function CustomerOrders({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const [, navigate] = useLocation()
  const setFilter = useOrdersStore((store) => store.set)
  return (
    <Section
      title={t('recent.title')}
      actions={
        customer.recentOrders.length === 0 || customer.name === '' ? null : (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setFilter({ ...noFilter, text: customer.name })
              navigate(screenPath(shop.slug, 'orders'))
            }}
          >
            {t('recent.all')}
          </Button>
        )
      }
    >
      {customer.recentOrders.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('recent.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {customer.recentOrders.slice(0, 10).map((order) => (
            <li key={order.id}>
              <span className={classes.wrap}>
                <Anchor
                  component={Link}
                  href={screenPath(shop.slug, 'orders', order.id)}
                  fw={600}
                  underline="always"
                >
                  {t('orders:order', { number: order.number })}
                </Anchor>
                <span className={classes.soft}>{dateTimeText(order.placedAt, language, shop.timeZone)}</span>
              </span>
              <Group gap={6} justify="flex-end">
                <StateBadge state={order.state} />
                <PaymentBadge state={order.paymentState} />
                <span className={classes.total}>{money(order.total)}</span>
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
