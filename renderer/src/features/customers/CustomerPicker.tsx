import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'

interface CustomerPickerProps {
  label: string
  value: string | null
  onChange(customerId: string | null): void
  /** A record that is not offered: the one that another is chosen for. */
  without?: string
  /** Name of the one that is chosen from the start. */
  initialName?: string
}

/** One customer, found by name, phone or e-mail. */
export function CustomerPicker({ label, value, onChange, without, initialName = '' }: CustomerPickerProps) {
  const { t } = useTranslation(['customers', 'orders', 'common'])
  const shop = useShop()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 180)
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(
    value === null ? null : { value, label: initialName },
  )
  const found = useQuery(
    api.customers.list.queryOptions({
      input: { shop: shop.slug, limit: 20, ...(search === '' ? {} : { text: search }) },
      placeholderData: (before) => before,
    }),
  )
  const options = (found.data?.items ?? [])
    .filter((customer) => customer.id !== without)
    .map((customer) => ({
      value: customer.id,
      label: [customer.name || t('unnamed'), customer.phone ?? customer.email ?? '']
        .filter((part) => part !== '')
        .join(' · '),
    }))
  const shown =
    chosen === null || options.some((option) => option.value === chosen.value)
      ? options
      : [chosen, ...options]
  return (
    <Select
      label={label}
      placeholder={t('orders:sale.customerPlaceholder')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common:remove') }}
      nothingFoundMessage={t('orders:sale.noCustomers')}
      // The app has searched already: names, phones, accents aside.
      filter={({ options: all }) => all}
      data={shown}
      value={value}
      searchValue={text}
      onSearchChange={setText}
      onChange={(next, option) => {
        setChosen(next === null ? null : { value: next, label: option?.label ?? '' })
        onChange(next)
      }}
    />
  )
}
