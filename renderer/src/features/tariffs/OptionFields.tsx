import { ActionIcon, Button, Group, Stack, TagsInput, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { focusSoon, type PartProps, useRemoval } from './editing.ts'
import { emptyOption, type InputForm, labelText, type OptionForm } from './form.ts'
import { LabelField } from './LabelField.tsx'
import classes from './Tariffs.module.css'

const mostOptions = 30

interface OptionFieldsProps extends PartProps {
  input: InputForm
  index: number
}

/** What the customer may choose, with the other words for it that the agent understands. */
export function OptionFields({ form, language, input, index }: OptionFieldsProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const remove = useRemoval(form)
  const path = `inputs.${index}.options`
  const addId = `add-option-${input.id}`
  const { options } = input
  const removed = (option: OptionForm, place: number) =>
    remove({
      name: labelText(option.label, language),
      take: () => form.removeListItem(path, place),
      putBack: () => {
        // The question may have been moved meanwhile.
        const now = form.getValues().inputs.findIndex((each) => each.id === input.id)
        if (now >= 0) form.insertListItem(`inputs.${now}.options`, option, place)
      },
      focus: addId,
    })
  return (
    <Stack gap="xs">
      <Text size="sm" fw={550} component="p">
        {t('options.title')}
      </Text>
      {options.map((option, place) => {
        const number = place + 1
        const name = labelText(option.label, language)
        return (
          <div key={option.id} className={classes.option}>
            <LabelField
              form={form}
              language={language}
              path={`${path}.${place}.label`}
              value={option.label}
              label={t('options.label', { number })}
              required
            />
            <TagsInput
              label={t('options.words', { number })}
              placeholder={option.words.length === 0 ? t('options.wordsExample') : undefined}
              acceptValueOnBlur
              maxTags={20}
              clearable={false}
              {...form.getInputProps(`${path}.${place}.words`)}
            />
            <ActionIcon
              className={classes.optionRemove}
              variant="subtle"
              color="gray"
              size={36}
              disabled={options.length === 1}
              aria-label={t('removeNamed', { name: name === '' ? t('options.label', { number }) : name })}
              onClick={() => removed(option, place)}
            >
              <IconX size={18} />
            </ActionIcon>
          </div>
        )
      })}
      <Group>
        <Button
          id={addId}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} />}
          disabled={options.length >= mostOptions}
          onClick={() => {
            form.insertListItem(path, emptyOption())
            focusSoon(() => form.getInputNode(`${path}.${options.length}.label.${language}`))
          }}
        >
          {t('options.add')}
        </Button>
      </Group>
    </Stack>
  )
}
