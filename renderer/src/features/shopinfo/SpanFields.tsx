import { ActionIcon, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ShopInfo.module.css'
import { laterSpan, mostSpans, type ProfileForm, pastMidnight, type Span } from './state.ts'

/**
 * Opening and closing times of one day, one row each; `day` is its name, and `texts` says which labels it takes: those
 * of a day of the week or of a holiday.
 */
export function SpanFields({
  form,
  path,
  texts,
  day,
  spans,
}: {
  form: UseFormReturnType<ProfileForm>
  path: string
  texts: 'hours' | 'holidays'
  day: string
  spans: readonly Span[]
}) {
  const { t } = useTranslation(['shop', 'common'])
  return (
    <Stack gap={6} className={classes.spans}>
      {spans.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span has no id; its place is its name
        <div key={index}>
          <div className={classes.span}>
            <TextInput
              type="time"
              className={classes.time}
              aria-label={t(`${texts}.opens`, { day, number: index + 1 })}
              {...form.getInputProps(`${path}.${index}.opens`)}
            />
            <span>{t('hours.to')}</span>
            <TextInput
              type="time"
              className={classes.time}
              aria-label={t(`${texts}.closes`, { day, number: index + 1 })}
              {...form.getInputProps(`${path}.${index}.closes`)}
            />
            {spans.length > 1 ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t(`${texts}.removeSpan`, { day, number: index + 1 })}
                onClick={() => form.removeListItem(path, index)}
              >
                <IconX size={16} />
              </ActionIcon>
            ) : null}
            {index === spans.length - 1 && spans.length < mostSpans ? (
              <Tooltip label={t(`${texts}.addSpan`, { day })}>
                <ActionIcon
                  variant="subtle"
                  aria-label={t(`${texts}.addSpan`, { day })}
                  onClick={() => form.insertListItem(path, laterSpan)}
                >
                  <IconPlus size={16} />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </div>
          {pastMidnight(span) ? (
            <Text size="xs" c="dimmed" mt={2}>
              {t('hours.nextDay')}
            </Text>
          ) : null}
        </div>
      ))}
    </Stack>
  )
}
