import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Customer, CustomerBrief } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { type CustomerFilter, listInput } from './state.ts'

const pageSize = 100

export function useCustomers(shop: string, text: string, filter: CustomerFilter) {
  const query = useInfiniteQuery(
    api.customers.list.infiniteOptions({
      input: (offset: number) => ({ shop, offset, limit: pageSize, ...listInput(text, filter) }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => {
        const loaded = pages.reduce((sum, each) => sum + each.items.length, 0)
        return page.items.length > 0 && loaded < page.total ? loaded : undefined
      },
      placeholderData: keepPreviousData,
    }),
  )
  const customers: CustomerBrief[] = useMemo(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  )
  return { ...query, customers, total: query.data?.pages[0]?.total ?? 0 }
}

/** Writes of customers; the answer shows at once, and what lists them is asked for again. */
export function useCustomerWrites() {
  const queries = useQueryClient()
  const { slug: shop } = useShop()
  const lists = () => {
    void queries.invalidateQueries({ queryKey: api.customers.list.key({ input: { shop } }) })
    void queries.invalidateQueries({ queryKey: api.customers.suggestions.key({ input: { shop } }) })
  }
  const onSuccess = (customer: Customer) => {
    queries.setQueryData(api.customers.get.queryKey({ input: { shop, customerId: customer.id } }), customer)
    lists()
  }
  const everything = () => queries.invalidateQueries({ queryKey: api.customers.key() })
  return {
    create: useMutation(api.customers.create.mutationOptions({ onSuccess })),
    update: useMutation(api.customers.update.mutationOptions({ onSuccess })),
    addAddress: useMutation(api.customers.addAddress.mutationOptions({ onSuccess })),
    removeAddress: useMutation(api.customers.removeAddress.mutationOptions({ onSuccess })),
    addPreference: useMutation(api.customers.addPreference.mutationOptions({ onSuccess })),
    removePreference: useMutation(api.customers.removePreference.mutationOptions({ onSuccess })),
    merge: useMutation(api.customers.merge.mutationOptions({ onSuccess: everything })),
    undoMerge: useMutation(api.customers.undoMerge.mutationOptions({ onSuccess: everything })),
    dismissSuggestion: useMutation(api.customers.dismissSuggestion.mutationOptions({ onSuccess: lists })),
    erase: useMutation(api.customers.erase.mutationOptions({ onSuccess: everything })),
  }
}
