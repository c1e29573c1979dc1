import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useShop } from '../../app/shop.ts'
import { api, client } from '../../rpc/client.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import { notifyFailure } from '../../ui/notify.ts'

type PaperKind = 'receipt' | 'packing_slip'

/** Makes a paper of an order and opens it in a tab, where the browser prints it. */
export function usePrintPaper() {
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const [making, setMaking] = useState<PaperKind | null>(null)
  const print = async (kind: PaperKind, orderId: string) => {
    // Opened with the click: a tab that comes later counts as a pop-up.
    const tab = window.open('', '_blank')
    setMaking(kind)
    try {
      const paper = await client.documents.make({ shop, kind, orderId })
      const url = mediaUrl(shop, paper.mediaHash)
      if (tab === null) window.location.assign(url)
      else tab.location.replace(url)
      void queries.invalidateQueries({ queryKey: api.orders.get.key({ input: { shop, orderId } }) })
    } catch (error) {
      tab?.close()
      notifyFailure(error)
    } finally {
      setMaking(null)
    }
  }
  return { making, print }
}
