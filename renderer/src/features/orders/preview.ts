import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Inputs } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { codeText, failureOf, failureText } from '../../rpc/failure.ts'

type Lines = Inputs['orders']['preview']['lines']

/** What lines come to while they are being written; a discount code that is not right is told and left out. */
export function usePreview(lines: Lines | null, discountCode: string) {
  const shop = useShop()
  const [settled] = useDebouncedValue(JSON.stringify({ lines: lines ?? [], discountCode }), 150)
  const asked: { lines: Lines; discountCode: string } = JSON.parse(settled)
  const withCode = useQuery(
    api.orders.preview.queryOptions({
      input: {
        shop: shop.slug,
        lines: asked.lines,
        ...(asked.discountCode === '' ? {} : { discountCode: asked.discountCode }),
      },
      enabled: lines !== null && asked.lines.length > 0,
      placeholderData: (before) => before,
    }),
  )
  const codeFailed = withCode.error !== null && failureOf(withCode.error).code.startsWith('discount.')
  const without = useQuery(
    api.orders.preview.queryOptions({
      input: { shop: shop.slug, lines: asked.lines },
      enabled: codeFailed && asked.lines.length > 0,
    }),
  )
  const nothing = lines === null || lines.length === 0
  const result = codeFailed ? without.data : withCode.data
  const told = result?.problems.find((problem) => problem.code.startsWith('discount.'))
  return {
    data: nothing ? undefined : result,
    codeProblem: codeFailed ? failureText(withCode.error) : told === undefined ? null : codeText(told.code),
  }
}
