import type { TFunction } from 'i18next'
import type { SentRequest } from '../../../../preload/contract/index.ts'

/** `1.204 (de ellos 900 repetidos) → 80 tokens`; null where nothing was counted. */
export function tokensText(
  { inputTokens, cachedTokens, outputTokens }: SentRequest,
  t: TFunction<['sent', 'common']>,
  language: string,
): string | null {
  if (inputTokens === null && outputTokens === null) return null
  const number = new Intl.NumberFormat(language)
  const input = number.format(inputTokens ?? 0)
  const output = number.format(outputTokens ?? 0)
  return (cachedTokens ?? 0) > 0
    ? t('tokensCached', { input, output, cached: number.format(cachedTokens ?? 0) })
    : t('tokens', { input, output })
}
