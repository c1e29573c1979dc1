import { Alert, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { dateTimeText } from '../../ui/time.ts'
import { PaymentBadge, StateBadge } from './Badges.tsx'
import { OrderActions } from './OrderActions.tsx'
import { OrderCustomer, OrderDelivery } from './OrderDelivery.tsx'
import { OrderEditor } from './OrderEditor.tsx'
import { OrderHistory } from './OrderHistory.tsx'
import { OrderLines } from './OrderLines.tsx'
import { OrderPapers } from './OrderPapers.tsx'
import { OrderPayments } from './OrderPayments.tsx'
import classes from './Orders.module.css'
import { hideOrderNotice } from './order-notice.tsx'

export function OrderDrawer({ orderId, onClose }: { orderId: string | null; onClose(): void }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const order = useQuery(
    api.orders.get.queryOptions({
      input: { shop: shop.slug, orderId: orderId ?? '-' },
      enabled: orderId !== null,
    }),
  )
  useMarkSeen(order.data)
  const shown = orderId === null ? undefined : order.data
  return (
    <Drawer
      opened={orderId !== null}
      onClose={onClose}
      title={shown === undefined ? t('orderTitle') : t('order', { number: shown.number })}
      size={760}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {orderId !== null && order.error !== null && shown === undefined ? (
        <ErrorNotice error={order.error} onRetry={() => void order.refetch()} />
      ) : null}
      {orderId !== null && order.isPending ? (
        <Stack aria-hidden>
          <Skeleton height={40} />
          <Skeleton height={180} radius="lg" />
          <Skeleton height={140} radius="lg" />
        </Stack>
      ) : null}
      {shown === undefined ? null : <Shown key={shown.id} order={shown} />}
    </Drawer>
  )
}

function Shown({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const [editing, setEditing] = useState(false)
  const [conflict, setConflict] = useState(false)
  if (editing) return <OrderEditor order={order} onClose={() => setEditing(false)} />
  return (
    <Stack>
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap={6}>
            <StateBadge state={order.state} size="lg" />
            <PaymentBadge state={order.paymentState} size="lg" />
          </Group>
          <Text size="sm" c="dimmed" mt={6}>
            {dateTimeText(order.placedAt, language, shop.timeZone)} · {t(`source.${order.source}`)}
          </Text>
        </div>
        <OrderActions order={order} onEdit={() => setEditing(true)} onConflict={() => setConflict(true)} />
      </Group>
      {conflict ? (
        <Alert
          color="yellow"
          title={t('conflict.title')}
          role="alert"
          withCloseButton
          closeButtonLabel={t('common:close')}
          onClose={() => setConflict(false)}
        >
          {t('conflict.body')}
        </Alert>
      ) : null}
      <OrderLines order={order} />
      <div className={classes.pair}>
        <OrderCustomer order={order} />
        <OrderDelivery order={order} />
      </div>
      <OrderPayments order={order} />
      <OrderPapers order={order} />
      <OrderHistory order={order} />
    </Stack>
  )
}

/** Whoever opens an order has seen it. */
function useMarkSeen(order: Order | undefined): void {
  const shop = useShop()
  const queries = useQueryClient()
  const { mutate } = useMutation(
    api.orders.markSeen.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.orders.key() }),
    }),
  )
  const unseen = order !== undefined && order.seenAt === null ? order.id : null
  useEffect(() => {
    if (unseen === null) return
    hideOrderNotice(unseen)
    mutate({ shop: shop.slug, orderId: unseen })
  }, [unseen, shop.slug, mutate])
}
