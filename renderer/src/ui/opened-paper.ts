import { useState } from 'react'
import { useShop } from '../app/shop.ts'
import { mediaUrl } from '../rpc/upload.ts'
import { notifyFailure } from './notify.ts'

/** Makes a paper and opens it in a tab, where the browser shows and prints it. */
export function useOpenedPaper() {
  const { slug: shop } = useShop()
  const [opening, setOpening] = useState(false)
  /** Answers whether there is a paper; what went wrong has been shown. */
  const open = async (make: () => Promise<{ mediaHash: string }>): Promise<boolean> => {
    // Opened with the click: a tab that comes later counts as a pop-up. The desktop app opens a window for the paper itself.
    const isDesktop = window.mostrador !== undefined
    const tab = isDesktop ? null : window.open('', '_blank')
    setOpening(true)
    try {
      const { mediaHash } = await make()
      const url = mediaUrl(shop, mediaHash)
      if (isDesktop) window.open(url, '_blank', 'noreferrer')
      else if (tab === null) window.location.assign(url)
      else tab.location.replace(url)
      return true
    } catch (error) {
      tab?.close()
      notifyFailure(error)
      return false
    } finally {
      setOpening(false)
    }
  }
  return { opening, open }
}
