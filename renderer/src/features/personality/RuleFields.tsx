import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import classes from './Personality.module.css'
import { MOST_RULES, type PersonalityForm, RULE_LENGTH } from './state.ts'

/** The owner's own rules, a sentence each. */
export function RuleFields({ form }: { form: UseFormReturnType<PersonalityForm> }) {
  const { t } = useTranslation(['personality', 'common'])
  const list = useRef<HTMLOListElement>(null)
  const { rules } = form.getValues()
  const focus = (selector: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(selector)?.focus())
  const move = (key: string, from: number, to: number, direction: 'up' | 'down') => {
    if (to < 0 || to >= rules.length) return
    form.reorderListItem('rules', { from, to })
    focus(`[data-rule="${key}"] [data-move="${direction}"]`)
  }
  const add = () => {
    const key = crypto.randomUUID()
    form.insertListItem('rules', { key, text: '' })
    focus(`[data-rule="${key}"] input`)
  }
  return (
    <Card title={t('rules.title')}>
      <Text c="dimmed" size="sm" mb="md">
        {t('rules.lead')}
      </Text>
      <ol ref={list} className={classes.rules} aria-label={t('rules.title')}>
        {rules.map((rule, index) => (
          <li key={rule.key} className={classes.rule} data-rule={rule.key}>
            <TextInput
              label={t('rules.rule', { number: index + 1 })}
              placeholder={t('rules.placeholder')}
              flex="1 1 240px"
              maxLength={RULE_LENGTH}
              {...form.getInputProps(`rules.${index}.text`)}
            />
            <Group gap={6} wrap="nowrap">
              {(['up', 'down'] as const).map((direction) => {
                const to = direction === 'up' ? index - 1 : index + 1
                const stuck = to < 0 || to >= rules.length
                const Icon = direction === 'up' ? IconArrowUp : IconArrowDown
                return (
                  <ActionIcon
                    key={direction}
                    variant="default"
                    size="lg"
                    data-move={direction}
                    aria-label={t(`rules.${direction}`, { number: index + 1 })}
                    aria-disabled={stuck}
                    data-disabled={stuck || undefined}
                    onClick={() => move(rule.key, index, to, direction)}
                  >
                    <Icon size={17} />
                  </ActionIcon>
                )
              })}
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('rules.remove', { number: index + 1 })}
                onClick={() => form.removeListItem('rules', index)}
              >
                <IconTrash size={17} />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ol>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={17} />}
        disabled={rules.length >= MOST_RULES}
        onClick={add}
      >
        {t('rules.add')}
      </Button>
    </Card>
  )
}
