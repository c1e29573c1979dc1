import { Alert, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TariffDefinition } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { definitionOf } from './definition.ts'
import { type InputForm, type Language, labelText, type TariffForm } from './form.ts'
import { usePreview } from './preview.ts'
import { problemsOf } from './problems.ts'
import { QuoteLines } from './QuoteLines.tsx'
import classes from './Tariffs.module.css'
import { answersOf, figureProblem } from './trial.ts'

/** Asks what a customer would be asked and shows what the price comes to, as the tariff is being written. */
export function Preview({ values, language }: { values: TariffForm; language: Language }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const money = useMoney()
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({})
  const whole = values.elements.length > 0 && Object.keys(problemsOf(values, shop)).length === 0
  const definition = whole ? definitionOf(values, shop) : null
  const preview = usePreview(
    definition === null ? null : { definition, answers: answers(values, definition, given) },
  )
  const result = definition === null ? undefined : preview.data
  const missing = values.inputs.filter((_, index) =>
    result?.missing.includes(definition?.inputs[index]?.key ?? ''),
  )
  return (
    <Card title={t('preview.title')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('preview.lead')}
        </Text>
        {values.inputs.map((input) => (
          <Answer
            key={input.id}
            input={input}
            language={language}
            value={given[input.id] ?? ''}
            onChange={(value) => setGiven((before) => ({ ...before, [input.id]: value }))}
          />
        ))}
        {definition === null ? (
          <Alert color="yellow">{t('preview.unfinished')}</Alert>
        ) : preview.error === null ? null : (
          <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
        )}
        {result === undefined ? null : (
          <div role="status" className={classes.result}>
            {result.total === null ? (
              <Text size="sm" c="dimmed">
                {t('preview.missing', {
                  names: missing.map((input) => labelText(input.label, language)).join(', '),
                })}
              </Text>
            ) : (
              <>
                <QuoteLines lines={result.lines} language={language} />
                <p className={classes.total}>
                  <span>{result.priceKind === 'from' ? t('preview.totalFrom') : t('preview.total')}</span>
                  <span>{money(result.total)}</span>
                </p>
              </>
            )}
          </div>
        )}
      </Stack>
    </Card>
  )
}

function answers(values: TariffForm, { inputs }: TariffDefinition, given: Readonly<Record<string, string>>) {
  return answersOf(
    values.inputs,
    inputs.map(({ key }) => key),
    given,
    (index, optionId) => {
      const place = values.inputs[index]?.options.findIndex((option) => option.id === optionId) ?? -1
      const input = inputs[index]
      return input?.type === 'choice' ? (input.options[place]?.value ?? null) : null
    },
  )
}

interface AnswerProps {
  input: InputForm
  language: Language
  value: string
  onChange(value: string): void
}

function Answer({ input, language, value, onChange }: AnswerProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const question =
    labelText(input.question, language) || labelText(input.label, language) || t('inputs.nameless')
  if (input.type === 'number') {
    const problem = figureProblem(input, value)
    return (
      <TextInput
        label={question}
        inputMode="decimal"
        autoComplete="off"
        rightSection={input.unit === '' ? undefined : <span className={classes.unit}>{input.unit}</span>}
        rightSectionWidth={60}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={
          problem === null
            ? null
            : problem === 'figure'
              ? t('problems.figure')
              : t(problem === 'low' ? 'preview.low' : 'preview.high', {
                  limit: problem === 'low' ? input.min : input.max,
                })
        }
      />
    )
  }
  if (input.type === 'yes_no') {
    return (
      <div>
        <Text size="sm" fw={500} component="p" mb={4}>
          {question}
        </Text>
        <SegmentedControl
          aria-label={question}
          value={value}
          onChange={onChange}
          data={[
            { value: 'yes', label: t('common:yes') },
            { value: 'no', label: t('common:no') },
          ]}
        />
      </div>
    )
  }
  return (
    <Select
      label={question}
      placeholder={t('preview.choose')}
      data={input.options.map((option, place) => ({
        value: option.id,
        label: labelText(option.label, language) || t('options.label', { number: place + 1 }),
      }))}
      value={input.options.some((option) => option.id === value) ? value : null}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  )
}
