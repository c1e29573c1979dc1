import { Button, Chip, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { ExportButton } from '../exporting/ExportButton.tsx'
import { CustomerDrawer } from './CustomerDrawer.tsx'
import { CustomerRow } from './CustomerRow.tsx'
import classes from './Customers.module.css'
import { MergeSuggestions } from './MergeSuggestions.tsx'
import { useCustomers } from './queries.ts'
import { customerFilters, listInput } from './state.ts'
import { useCustomersStore } from './store.ts'

/** `customerId`: a customer's id, `new` for one to be added, null for the list alone. */
export function CustomersView({ customerId }: { customerId: string | null }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const [, navigate] = useLocation()
  const { text, filter, set } = useCustomersStore()
  const [search] = useDebouncedValue(text.trim(), 200)
  const list = useCustomers(shop.slug, search, filter)
  const home = screenPath(shop.slug, 'customers')
  const none = list.data !== undefined && list.customers.length === 0
  const filtered = search !== '' || filter !== 'all'
  const { text: shownText, ...shownOnly } = listInput(search, filter)
  return (
    <div className={classes.view}>
      <div className={classes.head}>
        <Group justify="space-between" gap="sm" mb="md">
          <div>
            <Title order={1}>{t('title')}</Title>
            <Text c="dimmed" size="sm" role="status">
              {list.data === undefined ? '\u00a0' : t('count', { count: list.total })}
            </Text>
          </div>
          <Group gap="xs">
            <ExportButton list={{ kind: 'customers', filter: { text: shownText }, only: shownOnly }} />
            <Button leftSection={<IconPlus size={17} />} component={Link} href={`${home}/new`}>
              {t('new')}
            </Button>
          </Group>
        </Group>
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={17} />}
          value={text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <div className={classes.chips} role="radiogroup" aria-label={t('filter')}>
          <Chip.Group
            value={filter}
            onChange={(value) => set({ filter: customerFilters.find((each) => each === value) ?? 'all' })}
          >
            {customerFilters.map((each) => (
              <Chip key={each} value={each} size="xs" variant="light">
                {t(`filters.${each}`)}
              </Chip>
            ))}
          </Chip.Group>
        </div>
        <MergeSuggestions />
      </div>
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && list.error === null ? (
        <Stack gap="sm" p="md" aria-hidden>
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <Skeleton key={row} height={50} radius="md" />
          ))}
        </Stack>
      ) : null}
      {none && !filtered ? (
        <EmptyState icon={IconUsers} title={t('empty.title')} body={t('empty.body')}>
          <Button variant="default" component={Link} href={`${home}/new`}>
            {t('new')}
          </Button>
        </EmptyState>
      ) : null}
      {none && filtered ? (
        <Text c="dimmed" ta="center" p="xl">
          {t('noneFound')}
        </Text>
      ) : null}
      {list.customers.length === 0 ? null : (
        <RowList
          items={list.customers}
          label={t('list')}
          rowHeight={66}
          keyOf={(customer) => customer.id}
          row={(customer) => <CustomerRow customer={customer} />}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
          }}
        />
      )}
      <CustomerDrawer customerId={customerId} onClose={() => navigate(home)} />
    </div>
  )
}
