import { z } from 'zod'
import type { Fact } from '../facts.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({})

export function listCategories({ catalog }: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'list_categories',
    description:
      'Lists the kinds of products that the shop sells: for "what do you have?". For anything more precise use search_products.',
    input,
    effect: false,
    async run() {
      const categories = catalog.categories().map(({ name, products }) => ({ name, products }))
      const totalProducts = catalog.count()
      const counts = [totalProducts, ...categories.map(({ products }) => products)]
      const facts: Fact[] = counts.map((value) => ({ kind: 'count', of: 'results', value }))
      facts.push({ kind: 'count', of: 'categories', value: categories.length })
      // Category names may contain figures or words that are also product names; they are the shop's own text.
      facts.push({
        kind: 'shop_text',
        topic: 'categories',
        text: categories.map(({ name }) => name).join('\n'),
      })
      return { data: { categories, totalProducts }, facts, cites: [] }
    },
  }
}
