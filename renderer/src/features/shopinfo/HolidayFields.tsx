import { ActionIcon, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ShopInfo.module.css'
import { SpanFields } from './SpanFields.tsx'
import { freeId, type HolidayForm, type ProfileForm, usualSpan } from './state.ts'

type Form = UseFormReturnType<ProfileForm>

const states = ['closed', 'open'] as const

/** Single days that are not as the week says. */
export function HolidayFields({ form }: { form: Form }) {
  const { t } = useTranslation(['shop', 'common'])
  const { holidays } = form.getValues()
  const add = () =>
    form.insertListItem('holidays', {
      id: freeId('holiday', holidays),
      date: '',
      name: '',
      state: 'closed',
      spans: [usualSpan],
      yearly: false,
    } satisfies HolidayForm)
  return (
    <Stack gap="sm">
      {holidays.length === 0 ? <Text c="dimmed">{t('holidays.none')}</Text> : null}
      {holidays.map((holiday, index) => (
        <HolidayRow key={holiday.id} form={form} holiday={holiday} index={index} />
      ))}
      <Group>
        <Button variant="subtle" leftSection={<IconPlus size={16} />} onClick={add}>
          {t('holidays.add')}
        </Button>
      </Group>
    </Stack>
  )
}

function HolidayRow({ form, holiday, index }: { form: Form; holiday: HolidayForm; index: number }) {
  const { t } = useTranslation(['shop', 'common'])
  const at = (field: string) => `holidays.${index}.${field}`
  const number = index + 1
  const name = holiday.name.trim() === '' ? t('holidays.one', { number }) : holiday.name.trim()
  return (
    <fieldset className={classes.item}>
      <legend className="visually-hidden">{t('holidays.one', { number })}</legend>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            type="date"
            label={t('holidays.date')}
            required
            className={classes.date}
            {...form.getInputProps(at('date'))}
          />
          <TextInput
            label={t('holidays.name')}
            placeholder={t('holidays.namePlaceholder')}
            flex="1 1 180px"
            {...form.getInputProps(at('name'))}
          />
          <Select
            label={t('holidays.state')}
            w={170}
            allowDeselect={false}
            data={states.map((each) => ({ value: each, label: t(`holidays.${each}`) }))}
            {...form.getInputProps(at('state'))}
          />
        </Group>
        {holiday.state === 'open' ? (
          <SpanFields form={form} path={at('spans')} texts="holidays" day={name} spans={holiday.spans} />
        ) : null}
        <Group justify="space-between" wrap="nowrap">
          <Switch label={t('holidays.yearly')} {...form.getInputProps(at('yearly'), { type: 'checkbox' })} />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t('holidays.remove', { name })}
            onClick={() => form.removeListItem('holidays', index)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      </Stack>
    </fieldset>
  )
}

/** Closed from one day to another. */
export function VacationFields({ form }: { form: Form }) {
  const { t } = useTranslation(['shop', 'common'])
  const { vacations } = form.getValues()
  return (
    <Stack gap="sm">
      {vacations.length === 0 ? <Text c="dimmed">{t('vacations.none')}</Text> : null}
      {vacations.map((vacation, index) => {
        const at = (field: string) => `vacations.${index}.${field}`
        const number = index + 1
        return (
          <fieldset key={vacation.id} className={classes.item}>
            <legend className="visually-hidden">{t('vacations.one', { number })}</legend>
            <Group align="flex-start" gap="sm">
              <TextInput
                type="date"
                label={t('vacations.from')}
                required
                className={classes.date}
                {...form.getInputProps(at('from'))}
              />
              <TextInput
                type="date"
                label={t('vacations.to')}
                required
                className={classes.date}
                {...form.getInputProps(at('to'))}
              />
              <TextInput
                label={t('vacations.note')}
                placeholder={t('vacations.notePlaceholder')}
                flex="1 1 180px"
                {...form.getInputProps(at('note'))}
              />
              <ActionIcon
                variant="subtle"
                color="red"
                size="lg"
                className={classes.besideLabel}
                aria-label={t('vacations.remove', { number })}
                onClick={() => form.removeListItem('vacations', index)}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          </fieldset>
        )
      })}
      <Group>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} />}
          onClick={() =>
            form.insertListItem('vacations', {
              id: freeId('vacation', vacations),
              from: '',
              to: '',
              note: '',
            })
          }
        >
          {t('vacations.add')}
        </Button>
      </Group>
    </Stack>
  )
}
