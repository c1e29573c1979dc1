/** Addresses of the desk's screens, after the `#`. */
export const screens = ['conversations', 'try', 'products', 'shop', 'channels', 'settings'] as const
export type Screen = (typeof screens)[number]

export function screenPath(shop: string, screen: Screen, detail?: string): string {
  return `/${shop}/${screen}${detail === undefined ? '' : `/${detail}`}`
}

export const welcomePath = '/welcome'
