import { Alert, Drawer, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Customer } from '../../../../preload/contract/index.ts'
import { useIsOwner } from '../../app/me.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { dateTimeText } from '../../ui/time.ts'
import { CustomerAddresses } from './CustomerAddresses.tsx'
import { CustomerConversations } from './CustomerConversations.tsx'
import { CustomerData } from './CustomerData.tsx'
import { CustomerFields } from './CustomerFields.tsx'
import { CustomerMerges } from './CustomerMerges.tsx'
import { CustomerOrders } from './CustomerOrders.tsx'
import { CustomerPreferences } from './CustomerPreferences.tsx'

interface CustomerDrawerProps {
  /** A customer's id, `new`, or null: closed. */
  customerId: string | null
  onClose(): void
}

export function CustomerDrawer({ customerId, onClose }: CustomerDrawerProps) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const [, navigate] = useLocation()
  const existing = customerId !== null && customerId !== 'new'
  const customer = useQuery(
    api.customers.get.queryOptions({
      input: { shop: shop.slug, customerId: customerId ?? '-' },
      enabled: existing,
    }),
  )
  const shown = existing ? customer.data : undefined
  const title =
    customerId === 'new' ? t('new') : shown === undefined ? t('record') : shown.name || t('unnamed')
  return (
    <Drawer
      opened={customerId !== null}
      onClose={onClose}
      title={title}
      size={720}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {existing && customer.error !== null && shown === undefined ? (
        <ErrorNotice error={customer.error} onRetry={() => void customer.refetch()} />
      ) : null}
      {existing && customer.isPending ? (
        <Stack aria-hidden>
          <Skeleton height={60} />
          <Skeleton height={260} radius="lg" />
          <Skeleton height={140} radius="lg" />
        </Stack>
      ) : null}
      {customerId === 'new' ? (
        <CustomerFields
          customer={null}
          onCreated={(created) => navigate(screenPath(shop.slug, 'customers', created.id))}
        />
      ) : null}
      {shown === undefined ? null : <Record key={shown.id} customer={shown} onGone={onClose} />}
    </Drawer>
  )
}

function Record({ customer, onGone }: { customer: Customer; onGone(): void }) {
  const { t } = useTranslation(['customers', 'common'])
  const isOwner = useIsOwner()
  if (customer.erasedAt !== null) {
    return (
      <Stack>
        <Alert color="gray">{t('erased')}</Alert>
        <CustomerOrders customer={customer} />
      </Stack>
    )
  }
  return (
    <Stack>
      <CustomerFacts customer={customer} />
      <CustomerFields customer={customer} />
      <CustomerPreferences customer={customer} />
      <CustomerAddresses customer={customer} />
      <CustomerOrders customer={customer} />
      <CustomerConversations customer={customer} />
      <CustomerMerges customer={customer} />
      {isOwner ? <CustomerData customer={customer} onErased={onGone} /> : null}
    </Stack>
  )
}

function CustomerFacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const at = (instant: string | null) =>
    instant === null ? t('never') : dateTimeText(instant, language, shop.timeZone)
  return (
    <Facts
      look="tiles"
      facts={[
        [t('spent'), money(customer.spent)],
        [t('ordersLabel'), String(customer.orders)],
        [t('lastOrder'), at(customer.lastOrderAt)],
        [t('lastMessage'), at(customer.lastMessageAt)],
      ]}
    />
  )
}
