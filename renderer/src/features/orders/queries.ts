import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Order, OrderBrief, OrderFilter } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'

export function useOrders(shop: string, filter: OrderFilter) {
  const query = useInfiniteQuery(
    api.orders.list.infiniteOptions({
      input: (before: number | undefined) => ({
        shop,
        filter,
        limit: 100,
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? page.items.at(-1)?.seq : undefined),
      placeholderData: keepPreviousData,
    }),
  )
  const orders: OrderBrief[] = useMemo(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  )
  return { ...query, orders }
}

/** Writes of one order; the answer shows at once, and what lists it is asked for again. */
export function useOrderWrites() {
  const queries = useQueryClient()
  const { slug: shop } = useShop()
  const onSuccess = (order: Order) => {
    queries.setQueryData(api.orders.get.queryKey({ input: { shop, orderId: order.id } }), order)
    void queries.invalidateQueries({ queryKey: api.orders.list.key({ input: { shop } }) })
    void queries.invalidateQueries({ queryKey: api.orders.counts.key({ input: { shop } }) })
  }
  // After a refusal the screen shows what the order has become.
  const onError = () => queries.invalidateQueries({ queryKey: api.orders.get.key({ input: { shop } }) })
  return {
    setState: useMutation(api.orders.setState.mutationOptions({ onSuccess, onError })),
    addPayment: useMutation(api.orders.addPayment.mutationOptions({ onSuccess, onError })),
    removePayment: useMutation(api.orders.removePayment.mutationOptions({ onSuccess, onError })),
    refund: useMutation(api.orders.refund.mutationOptions({ onSuccess, onError })),
    edit: useMutation(api.orders.edit.mutationOptions({ onSuccess, onError })),
    addNote: useMutation(api.orders.addNote.mutationOptions({ onSuccess, onError })),
    counterSale: useMutation(api.orders.counterSale.mutationOptions({ onSuccess })),
  }
}
