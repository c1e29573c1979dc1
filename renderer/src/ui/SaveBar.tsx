import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUnsaved } from './leaving.tsx'
import classes from './SaveBar.module.css'

interface SaveBarProps {
  dirty: boolean
  saving: boolean
  /** What is said while something is not saved. */
  unsaved: string
  discard: string
  onDiscard(): void
}

/** Below a long form; stays in sight, and keeps window and screen from being left without a question, while something is not saved. */
export function SaveBar({ dirty, saving, unsaved, discard, onDiscard }: SaveBarProps) {
  const { t } = useTranslation()
  useUnsaved(dirty)
  return (
    <div className={classes.saveBar} data-dirty={dirty}>
      <Text size="sm" c="dimmed" role="status">
        {dirty ? unsaved : ''}
      </Text>
      <Group gap="xs" wrap="nowrap" flex="none">
        {dirty ? (
          <Button variant="default" onClick={onDiscard}>
            {discard}
          </Button>
        ) : null}
        <Button type="submit" loading={saving} disabled={!dirty}>
          {t('save')}
        </Button>
      </Group>
    </div>
  )
}
