import { Anchor, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Order } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { Section } from '../../ui/Section.tsx'
import { dayText } from '../../ui/time.ts'
import classes from './Orders.module.css'
import { deliveryParts } from './state.ts'

export function OrderCustomer({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  return (
    <Section title={t('sections.customer')}>
      <Stack gap={4} align="flex-start">
        <Text fw={600} className={classes.wrap}>
          {order.customer === null ? t('noCustomer') : order.customer.name || t('unnamed')}
        </Text>
        {order.customer === null ? null : (
          <Anchor
            component={Link}
            href={screenPath(shop.slug, 'customers', order.customer.id)}
            size="sm"
            underline="always"
          >
            {t('openCustomer')}
          </Anchor>
        )}
        {order.conversationId === null ? null : (
          <Anchor
            component={Link}
            href={screenPath(shop.slug, 'conversations', order.conversationId)}
            size="sm"
            underline="always"
          >
            {t('openConversation')}
          </Anchor>
        )}
      </Stack>
    </Section>
  )
}

export function OrderDelivery({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const slot = [order.slotDate === null ? '' : dayText(order.slotDate, language), order.slotLabel]
    .filter((part) => part !== '')
    .join(' · ')
  return (
    <Section title={t('sections.delivery')}>
      <Stack gap={3}>
        <Text fw={600}>
          {t(`delivery.${order.deliveryMethod}`)}
          {order.zoneName === '' ? '' : ` · ${order.zoneName}`}
        </Text>
        {slot === '' ? null : <Text size="sm">{slot}</Text>}
        {deliveryParts(order).map((part) => (
          <Text key={part} size="sm" className={classes.wrap}>
            {part}
          </Text>
        ))}
        {order.phone === '' ? null : (
          <Anchor href={`tel:${order.phone.replace(/[^\d+]/g, '')}`} size="sm" underline="always">
            {order.phone}
          </Anchor>
        )}
        {order.note === '' ? null : (
          <Text size="sm" className={classes.wrap}>
            <span className={classes.soft}>{t('note')}</span>
            {order.note}
          </Text>
        )}
      </Stack>
    </Section>
  )
}
