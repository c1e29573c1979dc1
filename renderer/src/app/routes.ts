/** Addresses of the desk's screens, after the `#`. */
export const screens = [
  'conversations',
  'away',
  'orders',
  'customers',
  'questions',
  'products',
  'shop',
  'selling',
  'try',
  'assistant',
  'channels',
  'settings',
] as const
export type Screen = (typeof screens)[number]

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

export function screenPath(shop: string, screen: Screen, detail?: string): string {
  return `/${shop}/${screen}${detail === undefined ? '' : `/${detail}`}`
}

export const welcomePath = '/welcome'
