import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { focusSoon, type PartProps } from './editing.ts'
import {
  type ConditionForm,
  comparisonsOf,
  conditionOn,
  type ElementForm,
  type InputForm,
  labelText,
} from './form.ts'
import classes from './Tariffs.module.css'

const mostConditions = 10

interface ConditionFieldsProps extends PartProps {
  element: ElementForm
  index: number
}

/** When an element counts: always, or only after certain answers. */
export function ConditionFields({ form, language, element, index }: ConditionFieldsProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const { inputs } = form.getValues()
  const path = `elements.${index}.when`
  const { when } = element
  const addId = `add-condition-${element.id}`
  const add = () => {
    // Most conditions are about a choice.
    const likely = inputs.find((input) => input.type !== 'number') ?? inputs[0]
    form.insertListItem(path, conditionOn(likely))
    focusSoon(() => form.getInputNode(`${path}.${when.length}.input`))
  }
  return (
    <Stack gap="xs">
      {when.length === 0 ? null : (
        <Text size="sm" fw={550} component="p">
          {t('when.title')}
        </Text>
      )}
      {when.map((condition, place) => (
        <OneCondition
          key={condition.id}
          form={form}
          language={language}
          condition={condition}
          path={`${path}.${place}`}
          number={place + 1}
          onRemove={() => {
            form.removeListItem(path, place)
            focusSoon(() => document.getElementById(addId))
          }}
        />
      ))}
      <Group>
        <Button
          id={addId}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} />}
          disabled={inputs.length === 0 || when.length >= mostConditions}
          onClick={add}
        >
          {when.length === 0 ? t('when.add') : t('when.addAnother')}
        </Button>
      </Group>
    </Stack>
  )
}

interface OneConditionProps extends PartProps {
  condition: ConditionForm
  path: string
  number: number
  onRemove(): void
}

function OneCondition({ form, language, condition, path, number, onRemove }: OneConditionProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const { inputs } = form.getValues()
  const input = inputs.find((each) => each.id === condition.input)
  return (
    <div className={classes.condition}>
      <Select
        aria-label={t('when.input', { number })}
        placeholder={t('when.inputNone')}
        allowDeselect={false}
        data={inputs.map((each) => ({
          value: each.id,
          label: labelText(each.label, language) || t('inputs.nameless'),
        }))}
        {...form.getInputProps(`${path}.input`)}
        value={input === undefined ? null : input.id}
        onChange={(id) => {
          const chosen = inputs.find((each) => each.id === id)
          form.setFieldValue(path, { ...conditionOn(chosen), id: condition.id })
          form.clearFieldError(`${path}.input`)
        }}
      />
      {input === undefined || input.type === 'yes_no' ? null : (
        <Select
          aria-label={t('when.is', { number })}
          allowDeselect={false}
          data={comparisonsOf(input.type).map((each) => ({
            value: each,
            label: t(`when.comparisons.${each}`),
          }))}
          {...form.getInputProps(`${path}.is`)}
        />
      )}
      {input === undefined ? null : (
        <Value
          form={form}
          language={language}
          input={input}
          condition={condition}
          path={path}
          number={number}
        />
      )}
      <ActionIcon
        className={classes.conditionRemove}
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('when.remove', { number })}
        onClick={onRemove}
      >
        <IconX size={18} />
      </ActionIcon>
    </div>
  )
}

interface ValueProps extends PartProps {
  input: InputForm
  condition: ConditionForm
  path: string
  number: number
}

function Value({ form, language, input, condition, path, number }: ValueProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const at = `${path}.value`
  const label = t('when.value', { number })
  if (input.type === 'number') {
    return (
      <TextInput
        aria-label={label}
        inputMode="decimal"
        rightSection={input.unit === '' ? undefined : <span className={classes.unit}>{input.unit}</span>}
        rightSectionWidth={56}
        {...form.getInputProps(at)}
      />
    )
  }
  const data =
    input.type === 'yes_no'
      ? [
          { value: 'yes', label: t('common:yes') },
          { value: 'no', label: t('common:no') },
        ]
      : input.options.map((option, place) => ({
          value: option.id,
          label: labelText(option.label, language) || t('options.label', { number: place + 1 }),
        }))
  return (
    <Select
      aria-label={label}
      allowDeselect={false}
      data={data}
      {...form.getInputProps(at)}
      value={data.some((each) => each.value === condition.value) ? condition.value : null}
    />
  )
}
