export const sellingParts = ['settings', 'discounts', 'papers'] as const
export type SellingPart = (typeof sellingParts)[number]
