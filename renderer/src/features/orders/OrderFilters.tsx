import { Button, Chip, Select, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import classes from './Orders.module.css'
import {
  countOf,
  filterWithoutState,
  isFiltered,
  type ListFilter,
  noFilter,
  paymentStates,
  stateTabs,
} from './state.ts'

interface OrderFiltersProps {
  filter: ListFilter
  /** The same, with the text as it was a moment ago. */
  settled: ListFilter
  onChange(changes: Partial<ListFilter>): void
}

export function OrderFilters({ filter, settled, onChange }: OrderFiltersProps) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const counts = useQuery(
    api.orders.counts.queryOptions({
      input: { shop: shop.slug, filter: filterWithoutState(settled) },
      placeholderData: (before) => before,
    }),
  )
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          type="search"
          className={classes.search}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={17} />}
          value={filter.text}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
        <Select
          className={classes.payment}
          aria-label={t('paymentFilter')}
          placeholder={t('anyPayment')}
          data={paymentStates.map((each) => ({ value: each, label: t(`payment.${each}`) }))}
          value={filter.payment}
          onChange={(value) => onChange({ payment: paymentStates.find((each) => each === value) ?? null })}
          clearable
          clearButtonProps={{ 'aria-label': t('anyPayment') }}
        />
        <TextInput
          type="date"
          aria-label={t('from')}
          leftSection={<span className={classes.dateLabel}>{t('from')}</span>}
          leftSectionWidth={62}
          value={filter.from}
          max={filter.to === '' ? undefined : filter.to}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          aria-label={t('to')}
          leftSection={<span className={classes.dateLabel}>{t('to')}</span>}
          leftSectionWidth={62}
          value={filter.to}
          min={filter.from === '' ? undefined : filter.from}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </div>
      <div className={classes.tabBar}>
        <div className={classes.tabs} role="radiogroup" aria-label={t('stateFilter')}>
          <Chip.Group
            value={filter.tab}
            onChange={(value) => onChange({ tab: stateTabs.find((tab) => tab === value) ?? 'all' })}
          >
            {stateTabs.map((tab) => {
              const count = countOf(tab, counts.data)
              return (
                <Chip key={tab} value={tab} size="xs" variant="light">
                  {tab === 'all' ? t('allStates') : tab === 'unseen' ? t('unseenOnly') : t(`states.${tab}`)}
                  {count === null ? '' : ` ${count}`}
                </Chip>
              )
            })}
          </Chip.Group>
        </div>
        {isFiltered(filter) ? (
          <Button
            size="compact-sm"
            variant="subtle"
            flex="none"
            leftSection={<IconX size={15} />}
            onClick={() => onChange(noFilter)}
          >
            {t('clearFilters')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
