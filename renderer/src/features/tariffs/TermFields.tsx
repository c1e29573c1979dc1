import { ActionIcon, Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { focusSoon, type PartProps, useRemoval } from './editing.ts'
import { emptyRequirement, labelText } from './form.ts'
import { LabelField } from './LabelField.tsx'
import classes from './Tariffs.module.css'

const addId = 'add-requirement'

/** What a quote says beside its figures. */
export function TermFields({ form, language }: PartProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const { note } = form.getValues()
  return (
    <Card title={t('terms.title')}>
      <Stack>
        <Radio.Group label={t('terms.kind')} {...form.getInputProps('priceKind')}>
          <Stack gap="xs" mt={6}>
            {(['exact', 'from'] as const).map((kind) => (
              <Radio
                key={kind}
                value={kind}
                label={t(`terms.kinds.${kind}`)}
                description={t(`terms.kindHelp.${kind}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('terms.days')}
          required
          inputMode="numeric"
          maw={320}
          {...form.getInputProps('validDays')}
        />
        <Requirements form={form} language={language} />
        <LabelField
          form={form}
          language={language}
          path="note"
          value={note}
          label={t('terms.note')}
          description={t('terms.noteHelp')}
          long
        />
      </Stack>
    </Card>
  )
}

function Requirements({ form, language }: PartProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const remove = useRemoval(form)
  const { requirements } = form.getValues()
  return (
    <div>
      <Text size="sm" fw={550} component="p">
        {t('requirements.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('requirements.help')}
      </Text>
      <Stack gap="xs">
        {requirements.map((requirement, index) => {
          const number = index + 1
          const name = labelText(requirement.label, language)
          return (
            <div key={requirement.id} className={classes.requirement}>
              <LabelField
                form={form}
                language={language}
                path={`requirements.${index}.label`}
                value={requirement.label}
                label={t('requirements.label', { number })}
                required
                flex={1}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                mt={26}
                aria-label={t('removeNamed', {
                  name: name === '' ? t('requirements.label', { number }) : name,
                })}
                onClick={() =>
                  remove({
                    name,
                    take: () => form.removeListItem('requirements', index),
                    putBack: () => form.insertListItem('requirements', requirement, index),
                    focus: addId,
                  })
                }
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
            disabled={requirements.length >= 20}
            onClick={() => {
              form.insertListItem('requirements', emptyRequirement())
              focusSoon(() => form.getInputNode(`requirements.${requirements.length}.label.${language}`))
            }}
          >
            {t('requirements.add')}
          </Button>
        </Group>
      </Stack>
    </div>
  )
}
