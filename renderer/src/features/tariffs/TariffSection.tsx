import { Button, Text } from '@mantine/core'
import { IconCalculator } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Section } from '../../ui/Section.tsx'

/** In a product's drawer: whether its price is computed, and the way to where that is written. */
export function TariffSection({ productId, isService }: { productId: string; isService: boolean }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const tariff = useQuery(api.tariffs.get.queryOptions({ input: { shop: shop.slug, productId } }))
  const known = tariff.data
  if (known === undefined || (known === null && !isService)) return null
  return (
    <Section
      title={t('section.title')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCalculator size={16} />}
          component={Link}
          href={`${screenPath(shop.slug, 'products', productId)}/tariff`}
        >
          {known === null ? t('section.create') : t('section.edit')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {known === null
          ? t('section.none')
          : t('section.some', {
              questions: t('section.questions', { count: known.definition.inputs.length }),
              elements: t('section.elements', { count: known.definition.elements.length }),
            })}
      </Text>
    </Section>
  )
}
