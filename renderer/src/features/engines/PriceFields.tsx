import { SimpleGrid, Text, TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PriceForm } from './remote-form.ts'

/** The owner's own figures, for services that don't tell theirs. */
export function PriceFields({ propsOf }: { propsOf(field: keyof PriceForm): TextInputProps }) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <div>
      <Text size="sm" fw={550}>
        {t('prices.title')}
      </Text>
      <Text size="sm" c="dimmed" mb={6}>
        {t('prices.help')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput label={t('prices.input')} inputMode="decimal" {...propsOf('inputPrice')} />
        <TextInput label={t('prices.cached')} inputMode="decimal" {...propsOf('cachedPrice')} />
        <TextInput label={t('prices.output')} inputMode="decimal" {...propsOf('outputPrice')} />
      </SimpleGrid>
    </div>
  )
}
