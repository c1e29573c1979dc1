import { Button, Group, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFileImport, IconFileText, IconPackage, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useIsOwner } from '../../app/me.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ExportButton } from '../exporting/ExportButton.tsx'
import { ProductDrawer } from './ProductDrawer.tsx'
import { ProductList } from './ProductList.tsx'
import classes from './Products.module.css'
import { useProducts } from './queries.ts'
import { productStatuses } from './state.ts'
import { useProductsStore } from './store.ts'

/** `productId`: a product's id, `new` for one to be added, null for the list alone. */
export function ProductsView({ productId }: { productId: string | null }) {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const isOwner = useIsOwner()
  const [, navigate] = useLocation()
  const { text, status, category, set } = useProductsStore()
  const [search] = useDebouncedValue(text.trim(), 200)
  const list = useProducts(shop.slug, { text: search, status, category })
  const categories = useQuery(api.catalog.categories.queryOptions({ input: { shop: shop.slug } }))
  const filtered = search !== '' || status !== null || category !== null
  const home = screenPath(shop.slug, 'products')
  const empty = list.data !== undefined && list.products.length === 0

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
            <ExportButton
              list={{
                kind: 'products',
                filter: search === '' ? {} : { text: search },
                only: { status: status ?? undefined, category: category ?? undefined },
              }}
            />
            <Button
              variant="default"
              leftSection={<IconFileText size={17} />}
              component={Link}
              href={`${home}/quotes`}
            >
              {t('quotes')}
            </Button>
            {isOwner ? (
              <Button
                variant="default"
                leftSection={<IconFileImport size={17} />}
                component={Link}
                href={`${home}/import`}
              >
                {t('import')}
              </Button>
            ) : null}
            <Button leftSection={<IconPlus size={17} />} component={Link} href={`${home}/new`}>
              {t('new')}
            </Button>
          </Group>
        </Group>
        <div className={classes.filters}>
          <TextInput
            type="search"
            className={classes.search}
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={17} />}
            value={text}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <Select
            aria-label={t('categoryFilter')}
            placeholder={t('allCategories')}
            data={categories.data?.map((each) => each.name) ?? []}
            value={category}
            onChange={(value) => set({ category: value })}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': t('allCategories') }}
          />
          <Select
            aria-label={t('statusFilter')}
            placeholder={t('allStatuses')}
            data={productStatuses.map((each) => ({ value: each, label: t(`status.${each}`) }))}
            value={status}
            onChange={(value) => set({ status: productStatuses.find((each) => each === value) ?? null })}
            clearable
            clearButtonProps={{ 'aria-label': t('allStatuses') }}
          />
        </div>
      </div>
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && list.error === null ? (
        <Stack gap="sm" p="md" aria-hidden>
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <Skeleton key={row} height={52} radius="md" />
          ))}
        </Stack>
      ) : null}
      {empty && !filtered ? (
        <EmptyState icon={IconPackage} title={t('empty.title')} body={t('empty.body')}>
          <Group justify="center">
            {isOwner ? (
              <Button component={Link} href={`${home}/import`}>
                {t('import')}
              </Button>
            ) : null}
            <Button variant="default" component={Link} href={`${home}/new`}>
              {t('new')}
            </Button>
          </Group>
        </EmptyState>
      ) : null}
      {empty && filtered ? (
        <Text c="dimmed" ta="center" p="xl">
          {t('noneFound')}
        </Text>
      ) : null}
      {list.products.length === 0 ? null : (
        <ProductList
          products={list.products}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
          }}
        />
      )}
      <ProductDrawer productId={productId} onClose={() => navigate(home)} />
    </div>
  )
}
