import { Checkbox, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import type { SettingsForm } from './settings-form.ts'

interface FieldsProps {
  form: UseFormReturnType<SettingsForm>
}

export function OrderFields({ form }: FieldsProps) {
  const { t } = useTranslation(['selling', 'common'])
  return (
    <Card title={t('orders.title')}>
      <Stack>
        <TextInput
          label={t('orders.prefix')}
          description={t('orders.prefixHelp')}
          maw={260}
          maxLength={10}
          {...form.getInputProps('orderPrefix')}
        />
        <Switch label={t('orders.tell')} {...form.getInputProps('tellCustomers', { type: 'checkbox' })} />
      </Stack>
    </Card>
  )
}

export function AskFields({ form }: FieldsProps) {
  const { t } = useTranslation(['selling', 'common'])
  return (
    <Card title={t('ask.title')}>
      <Stack gap="sm">
        <Switch label={t('ask.name')} {...form.getInputProps('ask.name', { type: 'checkbox' })} />
        <Switch label={t('ask.phone')} {...form.getInputProps('ask.phone', { type: 'checkbox' })} />
        <Switch label={t('ask.payment')} {...form.getInputProps('ask.payment', { type: 'checkbox' })} />
      </Stack>
    </Card>
  )
}

export function CardFields({ form }: FieldsProps) {
  const { t } = useTranslation(['selling', 'common'])
  return (
    <Card title={t('cards.title')}>
      <TextInput
        label={t('cards.hours')}
        description={t('cards.help')}
        inputMode="numeric"
        maw={420}
        {...form.getInputProps('cardHours')}
      />
    </Card>
  )
}

export function UnpaidFields({ form }: FieldsProps) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const profile = useQuery(api.shops.profile.queryOptions({ input: { shop: shop.slug } }))
  const methods = profile.data?.payments ?? []
  const { release } = form.getValues()
  return (
    <Card title={t('unpaid.title')}>
      <Stack>
        {methods.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('unpaid.none')}
          </Text>
        ) : (
          <Checkbox.Group label={t('unpaid.prepaid')} {...form.getInputProps('prepaid')}>
            <Group mt={6} gap="lg">
              {methods.map((method) => (
                <Checkbox key={method.id} value={method.id} label={method.name} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <Switch
          label={t('unpaid.release')}
          description={t('unpaid.releaseHelp')}
          {...form.getInputProps('release', { type: 'checkbox' })}
        />
        {release ? (
          <Group align="flex-start">
            <TextInput
              label={t('unpaid.hours')}
              inputMode="numeric"
              w={180}
              {...form.getInputProps('unpaidHours')}
            />
            <TextInput
              label={t('unpaid.warn')}
              inputMode="numeric"
              w={220}
              {...form.getInputProps('warnHours')}
            />
          </Group>
        ) : null}
      </Stack>
    </Card>
  )
}
