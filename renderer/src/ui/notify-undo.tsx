import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { notifyFailure } from './notify.ts'

interface Undoable {
  /** One notice at a time with this id. */
  id: string
  message: string
  /** Tells by itself that it is done; what it throws is shown. */
  undo(): Promise<void>
}

/** Says what was done and offers to take it back. */
export function notifyUndo({ id, message, undo }: Undoable): void {
  const take = async () => {
    try {
      await undo()
      notifications.hide(id)
    } catch (error) {
      notifyFailure(error)
    }
  }
  notifications.show({
    id,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
    message: (
      <Group justify="space-between" gap="sm">
        {message}
        <Button size="compact-sm" variant="default" onClick={() => void take()}>
          {i18next.t('common:undo')}
        </Button>
      </Group>
    ),
  })
}
