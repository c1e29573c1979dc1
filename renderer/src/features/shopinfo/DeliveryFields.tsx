import {
  ActionIcon,
  Button,
  Group,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
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

export function DeliveryFields({ form }: { form: UseFormReturnType<ProfileForm> }) {
  const { t } = useTranslation(['shop', 'common'])
  const { currency } = useShop()
  const { zones, pickup } = form.getValues()
  const inCurrency = (label: string) => `${label} (${currency})`
  return (
    <Stack>
      <TextInput
        label={inCurrency(t('delivery.minOrder'))}
        inputMode="decimal"
        maw={220}
        {...form.getInputProps('minOrder')}
      />
      {zones.length === 0 ? <Text c="dimmed">{t('delivery.none')}</Text> : null}
      {zones.map((zone, index) => {
        const at = (field: string) => `zones.${index}.${field}`
        const name = zone.name === '' ? String(index + 1) : zone.name
        return (
          <fieldset key={zone.id} className={classes.item}>
            <legend className="visually-hidden">{t('delivery.zone', { number: index + 1 })}</legend>
            <Stack gap="sm">
              <Group align="flex-end" wrap="nowrap">
                <TextInput label={t('delivery.name')} required flex={1} {...form.getInputProps(at('name'))} />
                <ActionIcon
                  variant="subtle"
                  color="red"
                  size="lg"
                  aria-label={t('delivery.removeZone', { name })}
                  onClick={() => form.removeListItem('zones', index)}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
              <TagsInput
                label={t('delivery.areas')}
                description={t('delivery.areasHelp')}
                acceptValueOnBlur
                {...form.getInputProps(at('areas'))}
              />
              <SimpleGrid cols={{ base: 1, sm: 3 }}>
                <TextInput
                  label={inCurrency(t('delivery.fee'))}
                  inputMode="decimal"
                  {...form.getInputProps(at('fee'))}
                />
                <TextInput
                  label={inCurrency(t('delivery.freeFrom'))}
                  inputMode="decimal"
                  {...form.getInputProps(at('freeFrom'))}
                />
                <TextInput
                  label={t('delivery.eta')}
                  placeholder={t('delivery.etaPlaceholder')}
                  {...form.getInputProps(at('eta'))}
                />
              </SimpleGrid>
              <TagsInput
                label={t('delivery.excludes')}
                acceptValueOnBlur
                {...form.getInputProps(at('excludes'))}
              />
            </Stack>
          </fieldset>
        )
      })}
      <Group>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} />}
          onClick={() =>
            form.insertListItem('zones', {
              id: freeId('zone', zones),
              name: '',
              areas: [],
              fee: '',
              freeFrom: '',
              eta: '',
              excludes: [],
            })
          }
        >
          {t('delivery.addZone')}
        </Button>
      </Group>
      <Textarea label={t('delivery.notServed')} autosize minRows={1} {...form.getInputProps('notServed')} />
      <Switch label={t('delivery.pickup')} {...form.getInputProps('pickup', { type: 'checkbox' })} />
      {pickup ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={inCurrency(t('delivery.pickupFee'))}
            inputMode="decimal"
            {...form.getInputProps('pickupFee')}
          />
          <TextInput label={t('delivery.pickupNote')} {...form.getInputProps('pickupNote')} />
        </SimpleGrid>
      ) : null}
    </Stack>
  )
}
