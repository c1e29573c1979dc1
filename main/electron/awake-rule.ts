import type { ShopSummary } from './shops-watch.ts'

/** Whether the computer is not to sleep: the owner wants it, and customers are served on a channel that is there. */
export function isAwakeNeeded(
  shops: readonly Pick<ShopSummary, 'paused' | 'channels'>[],
  ownerWants: boolean,
): boolean {
  return (
    ownerWants &&
    shops.some(({ paused, channels }) => !paused && channels.some(({ state }) => state === 'ready'))
  )
}
