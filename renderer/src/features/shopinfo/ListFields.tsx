import {
  ActionIcon,
  Button,
  Group,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import classes from './ShopInfo.module.css'
import { freeId, type ProfileForm } from './state.ts'

type Form = UseFormReturnType<ProfileForm>

export function PaymentFields({ form }: { form: Form }) {
  const { t } = useTranslation(['shop', 'common'])
  const { payments } = form.getValues()
  return (
    <Stack gap="sm">
      {payments.length === 0 ? <Text c="dimmed">{t('payments.none')}</Text> : null}
      {payments.map((payment, index) => (
        <Group key={payment.id} align="flex-end" className={classes.item}>
          <TextInput
            label={t('payments.name')}
            required
            flex="1 1 160px"
            {...form.getInputProps(`payments.${index}.name`)}
          />
          <TextInput
            label={t('payments.details')}
            flex="2 1 220px"
            {...form.getInputProps(`payments.${index}.details`)}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t('payments.remove', {
              name: payment.name === '' ? String(index + 1) : payment.name,
            })}
            onClick={() => form.removeListItem('payments', index)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} />}
          onClick={() =>
            form.insertListItem('payments', { id: freeId('payment', payments), name: '', details: '' })
          }
        >
          {t('payments.add')}
        </Button>
      </Group>
    </Stack>
  )
}

export function DepositFields({ form }: { form: Form }) {
  const { t } = useTranslation(['shop', 'common'])
  const { currency } = useShop()
  return (
    <Stack gap="sm">
      <Switch label={t('deposit.title')} {...form.getInputProps('deposit', { type: 'checkbox' })} />
      {form.getValues().deposit ? (
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label={`${t('deposit.over')} (${currency})`}
            inputMode="decimal"
            {...form.getInputProps('depositOver')}
          />
          <TextInput
            label={t('deposit.percent')}
            inputMode="decimal"
            required
            rightSection="%"
            {...form.getInputProps('depositPercent')}
          />
          <TextInput label={t('deposit.note')} {...form.getInputProps('depositNote')} />
        </SimpleGrid>
      ) : null}
    </Stack>
  )
}

export function FaqFields({ form }: { form: Form }) {
  const { t } = useTranslation(['shop', 'common'])
  const { faq } = form.getValues()
  return (
    <Stack gap="sm">
      {faq.length === 0 ? <Text c="dimmed">{t('faq.none')}</Text> : null}
      {faq.map((entry, index) => (
        <Stack key={entry.id} gap="xs" className={classes.item}>
          <Group align="flex-end" wrap="nowrap">
            <TextInput label={t('faq.question')} flex={1} {...form.getInputProps(`faq.${index}.q`)} />
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t('faq.remove', { number: index + 1 })}
              onClick={() => form.removeListItem('faq', index)}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </Group>
          <Textarea label={t('faq.answer')} autosize minRows={2} {...form.getInputProps(`faq.${index}.a`)} />
        </Stack>
      ))}
      <Group>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} />}
          onClick={() => form.insertListItem('faq', { id: freeId('faq', faq), q: '', a: '' })}
        >
          {t('faq.add')}
        </Button>
      </Group>
    </Stack>
  )
}
