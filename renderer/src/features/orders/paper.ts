import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useShop } from '../../app/shop.ts'
import { api, client } from '../../rpc/client.ts'
import { useOpenedPaper } from '../../ui/opened-paper.ts'

type PaperKind = 'receipt' | 'packing_slip'

/** Makes a paper of an order and opens it. */
export function usePrintPaper() {
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const { open } = useOpenedPaper()
  const [making, setMaking] = useState<PaperKind | null>(null)
  const print = async (kind: PaperKind, orderId: string) => {
    setMaking(kind)
    const made = await open(() => client.documents.make({ shop, kind, orderId }))
    setMaking(null)
    if (made) void queries.invalidateQueries({ queryKey: api.orders.get.key({ input: { shop, orderId } }) })
  }
  return { making, print }
}
