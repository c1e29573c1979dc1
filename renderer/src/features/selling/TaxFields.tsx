import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import classes from './Selling.module.css'
import { emptyTax, knownClass, type SettingsForm } from './settings-form.ts'

export function TaxFields({ form }: { form: UseFormReturnType<SettingsForm> }) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const { taxes } = form.getValues()
  return (
    <Card title={t('taxes.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {shop.pricesIncludeTax ? t('taxes.included') : t('taxes.added')} {t('taxes.lead')}
        </Text>
        <ul className={classes.rows}>
          {taxes.map((tax, index) => {
            const known = knownClass(tax.name)
            const name = known === null ? tax.name : t(`taxes.known.${known}`)
            return (
              <li key={tax.key} className={classes.tax}>
                {known === null ? (
                  <TextInput
                    aria-label={t('taxes.class')}
                    placeholder={t('taxes.class')}
                    maxLength={40}
                    {...form.getInputProps(`taxes.${index}.name`)}
                  />
                ) : (
                  <span>{name}</span>
                )}
                <TextInput
                  aria-label={t('taxes.rateOf', { name })}
                  inputMode="decimal"
                  rightSection={<span aria-hidden>%</span>}
                  {...form.getInputProps(`taxes.${index}.rate`)}
                />
                {tax.name === 'standard' ? (
                  <span />
                ) : (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="lg"
                    aria-label={t('taxes.remove', { name })}
                    onClick={() => form.removeListItem('taxes', index)}
                  >
                    <IconX size={18} />
                  </ActionIcon>
                )}
              </li>
            )
          })}
        </ul>
        <Group>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('taxes', emptyTax())}
          >
            {t('taxes.add')}
          </Button>
        </Group>
        <TextInput
          label={t('taxes.delivery')}
          inputMode="decimal"
          maw={300}
          {...form.getInputProps('deliveryTax')}
        />
      </Stack>
    </Card>
  )
}
