import { ActionIcon, Group, Select, SimpleGrid, Switch, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import classes from './Products.module.css'
import type { ProductForm } from './state.ts'

interface VariantFieldsProps {
  form: UseFormReturnType<ProductForm>
  index: number
  /** The only variant needs no title. */
  single: boolean
  onRemove: (() => void) | null
}

const kinds = ['exact', 'from', 'ask'] as const

export function VariantFields({ form, index, single, onRemove }: VariantFieldsProps) {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const variant = form.getValues().variants[index]
  if (variant === undefined) return null
  const at = (field: string) => `variants.${index}.${field}`
  const title = variant.title === '' ? t('form.single') : variant.title
  return (
    <fieldset className={classes.variant}>
      <legend className="visually-hidden">
        {t('form.variantTitle')}: {title}
      </legend>
      {single ? null : (
        <Group align="flex-end" mb="sm" wrap="nowrap">
          <TextInput label={t('form.variantTitle')} flex={1} {...form.getInputProps(at('title'))} />
          {onRemove === null ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('form.removeVariant', { title })}
              onClick={onRemove}
            >
              <IconX size={18} />
            </ActionIcon>
          )}
        </Group>
      )}
      <SimpleGrid cols={{ base: 2, sm: 3 }}>
        <Select
          label={t('form.priceKind')}
          allowDeselect={false}
          data={kinds.map((kind) => ({ value: kind, label: t(`form.${kind}`) }))}
          {...form.getInputProps(at('priceKind'))}
        />
        {variant.priceKind === 'ask' ? null : (
          <>
            <TextInput
              label={`${t('form.price')} (${shop.currency})`}
              inputMode="decimal"
              required
              {...form.getInputProps(at('price'))}
            />
            <TextInput
              label={t('form.compareAt')}
              inputMode="decimal"
              {...form.getInputProps(at('compareAt'))}
            />
          </>
        )}
        <TextInput label={t('form.sku')} {...form.getInputProps(at('sku'))} />
        {variant.tracked ? (
          <TextInput label={t('form.onHand')} inputMode="numeric" {...form.getInputProps(at('onHand'))} />
        ) : null}
      </SimpleGrid>
      <Group justify="space-between" mt="sm">
        <Switch label={t('form.tracked')} {...form.getInputProps(at('tracked'), { type: 'checkbox' })} />
        {variant.reserved > 0 ? (
          <Text size="sm" c="dimmed">
            {t('form.reserved', { count: variant.reserved })}
          </Text>
        ) : null}
      </Group>
    </fieldset>
  )
}
