import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Inputs } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'

type Asked = Pick<Inputs['tariffs']['preview'], 'definition' | 'answers'>

/** What the tariff that is being written comes to; `asked` null while it cannot be computed. */
export function usePreview(asked: Asked | null) {
  const shop = useShop()
  const [settled] = useDebouncedValue(JSON.stringify(asked), 200)
  const request: Asked | null = JSON.parse(settled)
  return useQuery(
    api.tariffs.preview.queryOptions({
      input: { shop: shop.slug, ...(request ?? { definition: { inputs: [], elements: [] }, answers: {} }) },
      enabled: asked !== null && request !== null,
      placeholderData: (before) => before,
    }),
  )
}
