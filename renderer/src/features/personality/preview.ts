import { useEffect, useRef, useState } from 'react'
import type { Inputs, Outputs } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { client } from '../../rpc/client.ts'

export type PreviewState =
  | { phase: 'idle' }
  | { phase: 'running' }
  | { phase: 'done'; answer: Outputs['personality']['preview'] }
  | { phase: 'failed'; failure: unknown }

/** One trial at a time; it ends when the screen is left. */
export function usePreview() {
  const { slug: shop } = useShop()
  const [state, setState] = useState<PreviewState>({ phase: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (input: Omit<Inputs['personality']['preview'], 'shop'>) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    setState({ phase: 'running' })
    try {
      const answer = await client.personality.preview({ shop, ...input }, { signal: controller.signal })
      if (!controller.signal.aborted) setState({ phase: 'done', answer })
    } catch (failure) {
      if (!controller.signal.aborted) setState({ phase: 'failed', failure })
    }
  }
  return {
    state,
    run: (input: Omit<Inputs['personality']['preview'], 'shop'>) => void run(input),
    cancel: () => {
      running.current?.abort()
      setState({ phase: 'idle' })
    },
  }
}
