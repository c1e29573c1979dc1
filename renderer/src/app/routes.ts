import { exportPart, type Screen, screens } from '../../../preload/contract/screens.ts'

export { exportPart, type Screen, screens }

/** The navigation of a wide window: what comes in every day, what is sold, and what is set up once. */
export const screenGroups: readonly (readonly Screen[])[] = [
  ['conversations', 'away', 'orders', 'customers', 'questions'],
  ['products', 'shop', 'selling'],
  ['try', 'assistant', 'channels', 'settings'],
]

/** Screens that a narrow window keeps behind "More". */
export const behindMore: readonly Screen[] = [
  'away',
  'questions',
  'shop',
  'selling',
  'try',
  'assistant',
  'channels',
  'settings',
]

/** Screens that only the owner has: money, keys and what the assistant may do. */
export const ownerScreens: readonly Screen[] = ['selling', 'assistant', 'channels']

export function screenPath(shop: string, screen: Screen, detail?: string): string {
  return `/${shop}/${screen}${detail === undefined ? '' : `/${detail}`}`
}

/** What of a list is shown beside it; null for the list alone, also behind the dialog that takes it out as a file. */
export function detailOf(part: string | undefined): string | null {
  return part === undefined || part === exportPart ? null : part
}

export const welcomePath = '/welcome'

const segment = /^[A-Za-z0-9_-]{1,64}$/

/**
 * The place of the desk that somebody outside the desk names, as a path of ours; null for anything else. Only the first
 * screen, the welcome and the screens of a shop with at most three parts behind them are places.
 */
export function placeNamed(path: string): string | null {
  if (path === '/' || path === welcomePath) return path
  const [root, ...parts] = path.split('/')
  const [shop, screen, ...details] = parts
  if (root !== '' || shop === undefined || !parts.every((part) => segment.test(part))) return null
  if (screen === undefined) return path
  return screens.some((each) => each === screen) && details.length <= 3 ? path : null
}
