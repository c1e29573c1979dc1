import type { UseFormReturnType } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import type { Language, TariffForm } from './form.ts'

export type Form = UseFormReturnType<TariffForm>

/** What every part of the editor is given. */
export interface PartProps {
  form: Form
  /** In which the texts are being written. */
  language: Language
}

/** Waits for what was added or moved to be on the screen, and puts the cursor into it. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()))
}

const noticeId = 'tariff-part-removed'

/** For the editor as a whole: what was taken off a form that is gone cannot be put back. */
export function useRemovalNoticeEnds(): void {
  useEffect(() => () => void notifications.hide(noticeId), [])
}

/** Takes a part off a list of the form and offers to put it back where it was. */
export function useRemoval(
  form: Form,
): (removal: { name: string; take(): void; putBack(): void; focus: string }) => void {
  const { t } = useTranslation(['tariffs', 'common'])
  return ({ name, take, putBack, focus }) => {
    take()
    focusSoon(() => document.getElementById(focus))
    notifyUndo({
      id: noticeId,
      message: name === '' ? t('removedNameless') : t('removed', { name }),
      undo: async () => {
        putBack()
        form.clearErrors()
      },
    })
  }
}
