import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Product } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'
import type { ProductStatus } from './state.ts'

const pageSize = 100

export interface ProductFilter {
  text: string
  status: ProductStatus | null
  category: string | null
}

export function useProducts(shop: string, filter: ProductFilter) {
  const query = useInfiniteQuery(
    api.catalog.list.infiniteOptions({
      input: (offset: number) => ({
        shop,
        offset,
        limit: pageSize,
        ...(filter.text === '' ? {} : { text: filter.text }),
        ...(filter.status === null ? {} : { status: filter.status }),
        ...(filter.category === null ? {} : { category: filter.category }),
      }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => {
        const loaded = pages.reduce((sum, each) => sum + each.items.length, 0)
        return page.items.length > 0 && loaded < page.total ? loaded : undefined
      },
      placeholderData: keepPreviousData,
    }),
  )
  const products: Product[] = useMemo(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  )
  return { ...query, products, total: query.data?.pages[0]?.total ?? 0 }
}

/** Writes of the catalog; each refreshes what shows it. */
export function useProductWrites() {
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: api.catalog.key() })
  return {
    create: useMutation(api.catalog.create.mutationOptions({ onSuccess })),
    update: useMutation(api.catalog.update.mutationOptions({ onSuccess })),
    remove: useMutation(api.catalog.remove.mutationOptions({ onSuccess })),
    restore: useMutation(api.catalog.restore.mutationOptions({ onSuccess })),
  }
}
