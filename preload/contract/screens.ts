/** The desk's screens, as its addresses name them after the `#` and the shop; links of the system name them too. */
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

/** Screens whose list is taken out of the shop as a file, behind `export` in their address. */
export const exportedLists = ['products', 'orders', 'customers'] as const satisfies readonly Screen[]
export const exportPart = 'export'
