import { Button, Group, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { focusSoon, type PartProps, useRemoval } from './editing.ts'
import { emptyInput, emptyOption, type InputForm, inputTypes, labelText } from './form.ts'
import { LabelField } from './LabelField.tsx'
import { OptionFields } from './OptionFields.tsx'
import { PartHead } from './PartHead.tsx'
import classes from './Tariffs.module.css'

const addId = 'add-question'
const mostInputs = 20

/** What the customer is asked. */
export function InputFields({ form, language }: PartProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const { inputs } = form.getValues()
  const add = () => {
    form.insertListItem('inputs', emptyInput('number'))
    focusSoon(() => form.getInputNode(`inputs.${inputs.length}.label.${language}`))
  }
  return (
    <Card title={t('inputs.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('inputs.lead')}
        </Text>
        {inputs.map((input, index) => (
          <OneInput
            key={input.id}
            form={form}
            language={language}
            input={input}
            index={index}
            count={inputs.length}
          />
        ))}
        <Group>
          <Button
            id={addId}
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            disabled={inputs.length >= mostInputs}
            onClick={add}
          >
            {t('inputs.add')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

interface OneInputProps extends PartProps {
  input: InputForm
  index: number
  count: number
}

function OneInput({ form, language, input, index, count }: OneInputProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const remove = useRemoval(form)
  const path = `inputs.${index}`
  const name = labelText(input.label, language)
  const title = t('inputs.one', { number: index + 1 })
  return (
    <fieldset className={classes.part}>
      <legend className="visually-hidden">{title}</legend>
      <Stack gap="sm">
        <PartHead
          title={title}
          name={name}
          index={index}
          count={count}
          onMove={(to) => form.reorderListItem('inputs', { from: index, to })}
          onRemove={() =>
            remove({
              name,
              take: () => form.removeListItem('inputs', index),
              putBack: () => form.insertListItem('inputs', input, index),
              focus: addId,
            })
          }
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <LabelField
            form={form}
            language={language}
            path={`${path}.label`}
            value={input.label}
            label={t('inputs.label')}
            required
          />
          <Select
            label={t('inputs.type')}
            allowDeselect={false}
            data={inputTypes.map((each) => ({ value: each, label: t(`inputs.types.${each}`) }))}
            {...form.getInputProps(`${path}.type`)}
            onChange={(value) => {
              form.setFieldValue(`${path}.type`, value)
              if (value === 'choice' && input.options.length === 0)
                form.setFieldValue(`${path}.options`, [emptyOption(), emptyOption()])
            }}
          />
        </SimpleGrid>
        <LabelField
          form={form}
          language={language}
          path={`${path}.question`}
          value={input.question}
          label={t('inputs.question')}
          description={t('inputs.questionHelp')}
          required
        />
        {input.type === 'number' ? (
          <div className={classes.figures}>
            <TextInput
              label={t('inputs.unit')}
              placeholder={t('inputs.unitExample')}
              maxLength={20}
              autoComplete="off"
              {...form.getInputProps(`${path}.unit`)}
            />
            <TextInput label={t('inputs.min')} inputMode="decimal" {...form.getInputProps(`${path}.min`)} />
            <TextInput label={t('inputs.max')} inputMode="decimal" {...form.getInputProps(`${path}.max`)} />
          </div>
        ) : null}
        {input.type === 'choice' ? (
          <OptionFields form={form} language={language} input={input} index={index} />
        ) : null}
        <Switch
          label={t('inputs.required')}
          description={t('inputs.requiredHelp')}
          {...form.getInputProps(`${path}.required`, { type: 'checkbox' })}
        />
      </Stack>
    </fieldset>
  )
}
