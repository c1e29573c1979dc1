import { useEffect, useRef, useState } from 'react'
import { useShop } from '../../app/shop.ts'
import { client } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import { useInboxStore } from './store.ts'

/** What the assistant would say now: one question at a time, which ends when the conversation is left. */
export function useSuggestion(conversationId: string, onReady: () => void) {
  const { slug: shop } = useShop()
  const suggest = useInboxStore((store) => store.suggest)
  const [running, setRunning] = useState(false)
  const call = useRef<AbortController | null>(null)
  useEffect(() => () => call.current?.abort(), [])
  const ask = async () => {
    call.current?.abort()
    const controller = new AbortController()
    call.current = controller
    setRunning(true)
    try {
      const { text, gate } = await client.conversations.suggest(
        { shop, conversationId },
        { signal: controller.signal },
      )
      if (controller.signal.aborted) return
      suggest(conversationId, { text, ok: gate.ok })
      onReady()
    } catch (error) {
      if (!controller.signal.aborted) notifyFailure(error)
    } finally {
      if (call.current === controller) setRunning(false)
    }
  }
  return {
    running,
    ask: () => void ask(),
    cancel: () => {
      call.current?.abort()
      setRunning(false)
    },
  }
}
