import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useEffect } from 'react'

/** Forms on the screen that hold something unsaved. */
const unsaved = new Set<symbol>()

/** While `dirty`, neither the window nor the screen is left without asking. */
export function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const form = Symbol('form')
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    unsaved.add(form)
    window.addEventListener('beforeunload', warn)
    return () => {
      unsaved.delete(form)
      window.removeEventListener('beforeunload', warn)
    }
  }, [dirty])
}

/** Goes to another screen, or asks first when something would be lost. */
export function leave(go: () => void): void {
  if (unsaved.size === 0) {
    go()
    return
  }
  modals.openConfirmModal({
    title: i18next.t('common:unsaved.title'),
    children: <Text size="sm">{i18next.t('common:unsaved.body')}</Text>,
    labels: { confirm: i18next.t('common:unsaved.leave'), cancel: i18next.t('common:unsaved.stay') },
    confirmProps: { color: 'red' },
    onConfirm: go,
  })
}
