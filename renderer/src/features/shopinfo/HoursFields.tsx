import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ShopInfo.module.css'
import { SpanFields } from './SpanFields.tsx'
import { allClosed, type Day, days, type ProfileForm } from './state.ts'

const states = ['open', 'closed'] as const

export function HoursFields({ form }: { form: UseFormReturnType<ProfileForm> }) {
  const { t } = useTranslation(['shop', 'common'])
  const copyMonday = () => {
    const { mon } = form.getValues().hours
    for (const day of ['tue', 'wed', 'thu', 'fri'] as const)
      form.setFieldValue(`hours.${day}`, structuredClone(mon))
  }
  return (
    <Stack gap={0}>
      {days.map((day) => (
        <DayRow key={day} form={form} day={day} />
      ))}
      {allClosed(form.getValues()) ? (
        <Text size="sm" c="dimmed" mt="sm" role="status">
          {t('hours.notGiven')}
        </Text>
      ) : null}
      <Group mt="sm">
        <Button variant="subtle" size="sm" leftSection={<IconCopy size={16} />} onClick={copyMonday}>
          {t('hours.copy')}
        </Button>
      </Group>
      <TextInput
        mt="sm"
        label={t('hours.note')}
        placeholder={t('hours.notePlaceholder')}
        {...form.getInputProps('hoursNote')}
      />
    </Stack>
  )
}

function DayRow({ form, day }: { form: UseFormReturnType<ProfileForm>; day: Day }) {
  const { t } = useTranslation(['shop', 'common'])
  const name = t(`hours.days.${day}`)
  const { state, spans } = form.getValues().hours[day]
  const path = `hours.${day}`
  const lower = name.toLocaleLowerCase()
  return (
    <div className={classes.day}>
      <span className={classes.dayName}>{name}</span>
      <Select
        aria-label={t('hours.state', { day: lower })}
        allowDeselect={false}
        data={states.map((each) => ({ value: each, label: t(`hours.${each}`) }))}
        {...form.getInputProps(`${path}.state`)}
      />
      {state === 'open' ? (
        <SpanFields form={form} path={`${path}.spans`} texts="hours" day={lower} spans={spans} />
      ) : null}
    </div>
  )
}
