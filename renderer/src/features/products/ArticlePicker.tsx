import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Product, Variant } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { perUnit, quantityText } from '../../ui/quantity.ts'

interface Article {
  product: Product
  variant: Variant
}

interface ArticlePickerProps {
  label: string
  autoFocus?: boolean
  onPick(product: Product, variant: Variant): void
}

/** Finds an article of the catalog by name or SKU; what is chosen is handed on and the field is empty again. */
export function ArticlePicker({ label, autoFocus = false, onPick }: ArticlePickerProps) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 180)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useQuery(
    api.catalog.list.queryOptions({
      input: { shop: shop.slug, text: search, limit: 20 },
      enabled: search !== '',
    }),
  )
  const articles: Article[] =
    found.data?.items.flatMap((product) =>
      product.status === 'discontinued' ? [] : product.variants.map((variant) => ({ product, variant })),
    ) ?? []
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      onOptionSubmit={(variantId) => {
        const article = articles.find(({ variant }) => variant.id === variantId)
        if (article === undefined) return
        onPick(article.product, article.variant)
        setText('')
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <TextInput
          label={label}
          placeholder={t('picker.placeholder')}
          leftSection={<IconSearch size={17} />}
          rightSection={found.isFetching ? <Loader size="xs" aria-hidden /> : null}
          data-autofocus={autoFocus || undefined}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.resetSelectedOption()
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={search === ''}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {articles.slice(0, 30).map((article) => (
            <Combobox.Option key={article.variant.id} value={article.variant.id}>
              <Choice {...article} />
            </Combobox.Option>
          ))}
          {articles.length === 0 && found.data !== undefined && !found.isFetching ? (
            <Combobox.Empty>{t('picker.nothing')}</Combobox.Empty>
          ) : null}
          {found.data === undefined ? <Combobox.Empty>{t('picker.searching')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Choice({ product, variant }: Article) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const { available } = variant.stock
  const price =
    variant.price.kind === 'ask'
      ? t('picker.ask')
      : `${money(variant.price.amount)}${perUnit(variant, shop.locale)}`
  const stock =
    available === null
      ? null
      : available <= 0
        ? t('picker.soldOut')
        : t('picker.left', { amount: quantityText(available, variant, shop.locale) })
  return (
    <>
      <Text size="sm" fw={550}>
        {product.name}
        {variant.title === '' ? '' : ` · ${variant.title}`}
      </Text>
      <Text size="xs" c="dimmed">
        {[price, stock, variant.sku].filter((part) => part !== null && part !== '').join(' · ')}
      </Text>
    </>
  )
}
