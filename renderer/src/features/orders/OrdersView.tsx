import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCashRegister, IconReceipt } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { ExportButton } from '../exporting/ExportButton.tsx'
import { CounterSaleDrawer } from './CounterSale.tsx'
import { OrderDrawer } from './OrderDrawer.tsx'
import { OrderFilters } from './OrderFilters.tsx'
import { OrderRow } from './OrderRow.tsx'
import classes from './Orders.module.css'
import { useOrders } from './queries.ts'
import { filterOf, isFiltered } from './state.ts'
import { useOrdersStore } from './store.ts'

const rowHeight = 76

/** `orderId`: an order's id, `new` for a counter sale, null for the list alone. */
export function OrdersView({ orderId }: { orderId: string | null }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const [, navigate] = useLocation()
  const { filter, set } = useOrdersStore()
  const [text] = useDebouncedValue(filter.text, 200)
  const settled = { ...filter, text }
  const list = useOrders(shop.slug, filterOf(settled))
  const home = screenPath(shop.slug, 'orders')
  const none = list.data !== undefined && list.orders.length === 0
  return (
    <div className={classes.view}>
      <div className={classes.head}>
        <Group justify="space-between" gap="sm" mb="md">
          <Title order={1}>{t('title')}</Title>
          <Group gap="xs">
            <ExportButton list={{ kind: 'orders', filter: filterOf(settled) }} />
            <Button leftSection={<IconCashRegister size={17} />} component={Link} href={`${home}/new`}>
              {t('counterSale')}
            </Button>
          </Group>
        </Group>
        <OrderFilters filter={filter} settled={settled} onChange={set} />
      </div>
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && list.error === null ? (
        <Stack gap="sm" p="md" aria-hidden>
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <Skeleton key={row} height={54} radius="md" />
          ))}
        </Stack>
      ) : null}
      {none && !isFiltered(settled) ? (
        <EmptyState icon={IconReceipt} title={t('empty.title')} body={t('empty.body')}>
          <Button variant="default" component={Link} href={`${home}/new`}>
            {t('counterSale')}
          </Button>
        </EmptyState>
      ) : null}
      {none && isFiltered(settled) ? (
        <Text c="dimmed" ta="center" p="xl" role="status">
          {t('noneFound')}
        </Text>
      ) : null}
      {list.orders.length === 0 ? null : (
        <RowList
          items={list.orders}
          label={t('list')}
          rowHeight={rowHeight}
          keyOf={(order) => order.id}
          row={(order) => <OrderRow order={order} />}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
          }}
        />
      )}
      <OrderDrawer orderId={orderId === 'new' ? null : orderId} onClose={() => navigate(home)} />
      <CounterSaleDrawer opened={orderId === 'new'} onClose={() => navigate(home)} />
    </div>
  )
}
