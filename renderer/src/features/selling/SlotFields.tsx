import { ActionIcon, Button, Chip, Group, Input, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import classes from './Selling.module.css'
import { emptySlot, type SettingsForm, weekdays } from './settings-form.ts'

export function SlotFields({ form }: { form: UseFormReturnType<SettingsForm> }) {
  const { t } = useTranslation(['selling', 'common'])
  const { slots } = form.getValues()
  return (
    <Card title={t('slots.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {slots.length === 0 ? t('slots.none') : t('slots.lead')}
        </Text>
        {slots.map((slot, index) => (
          <Slot key={slot.id} form={form} index={index} />
        ))}
        <Group>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('slots', emptySlot())}
          >
            {t('slots.add')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

function Slot({ form, index }: { form: UseFormReturnType<SettingsForm>; index: number }) {
  const { t } = useTranslation(['selling', 'common'])
  const slot = form.getValues().slots[index]
  if (slot === undefined) return null
  const at = (field: string) => `slots.${index}.${field}`
  const label = slot.label === '' ? t('slots.new') : slot.label
  return (
    <fieldset className={classes.item}>
      <legend className="visually-hidden">{label}</legend>
      <Stack gap="sm">
        <Group align="flex-end" wrap="nowrap">
          <TextInput label={t('slots.label')} flex={1} maxLength={80} {...form.getInputProps(at('label'))} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('slots.remove', { label })}
            onClick={() => form.removeListItem('slots', index)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
        <Input.Wrapper
          labelElement="div"
          label={t('slots.days')}
          error={form.getInputProps(at('days')).error}
        >
          <Chip.Group multiple value={slot.days} onChange={(days) => form.setFieldValue(at('days'), days)}>
            <Group gap={6} mt={4}>
              {weekdays.map((day) => (
                <Chip key={day} value={day} size="xs" variant="light" aria-label={t(`slots.dayName.${day}`)}>
                  {t(`slots.day.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
        <Group align="flex-start" gap="sm">
          <TextInput type="time" label={t('slots.from')} w={130} {...form.getInputProps(at('from'))} />
          <TextInput type="time" label={t('slots.to')} w={130} {...form.getInputProps(at('to'))} />
          <TextInput
            label={t('slots.capacity')}
            placeholder={t('slots.capacityHelp')}
            inputMode="numeric"
            w={170}
            {...form.getInputProps(at('capacity'))}
          />
          <TextInput
            label={t('slots.cutoff')}
            inputMode="numeric"
            w={250}
            {...form.getInputProps(at('cutoffMinutes'))}
          />
        </Group>
      </Stack>
    </fieldset>
  )
}
