import { ActionIcon, Group, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { focusSoon } from './editing.ts'
import classes from './Tariffs.module.css'

interface PartHeadProps {
  /** `Pregunta 2` */
  title: string
  /** What it is called so far. */
  name: string
  index: number
  count: number
  onMove(to: number): void
  onRemove(): void
}

/** Above a question or an element: what it is, its place in the order, and its removal. */
export function PartHead({ title, name, index, count, onMove, onRemove }: PartHeadProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const id = useId()
  const shown = name === '' ? title : name
  const move = (way: 'up' | 'down') => {
    const to = way === 'up' ? index - 1 : index + 1
    if (to < 0 || to >= count) return
    onMove(to)
    focusSoon(() => document.getElementById(`${id}-${way}`))
  }
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text fw={650} size="sm" truncate>
        {title}
        {name === '' ? '' : ` · ${name}`}
      </Text>
      <Group gap={4} wrap="nowrap">
        {(['up', 'down'] as const).map((way) => {
          const last = way === 'up' ? index === 0 : index === count - 1
          return (
            <ActionIcon
              key={way}
              id={`${id}-${way}`}
              className={classes.move}
              variant="subtle"
              color="gray"
              size="lg"
              // Not `disabled`: at the end of the list it would lose the keyboard's place.
              aria-disabled={last}
              data-disabled={last || undefined}
              aria-label={t(way === 'up' ? 'moveUp' : 'moveDown', { name: shown })}
              onClick={() => move(way)}
            >
              {way === 'up' ? <IconArrowUp size={18} /> : <IconArrowDown size={18} />}
            </ActionIcon>
          )
        })}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('removeNamed', { name: shown })}
          onClick={onRemove}
        >
          <IconTrash size={18} />
        </ActionIcon>
      </Group>
    </Group>
  )
}
