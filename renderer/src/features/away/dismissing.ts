import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { api, client } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { useAwayStore } from './store.ts'

/** How long a dismissal can be taken back, in ms: as long as the notice of it stands. */
const undoMs = 12_000

/** Puts a draft out of sight at once and dismisses it when that was not taken back. A window closed before that changes nothing. */
export function dismissLater(shop: string, draftId: string, queries: QueryClient): void {
  const { setHidden } = useAwayStore.getState()
  setHidden(draftId, true)
  const timer = window.setTimeout(() => {
    client.drafts
      .dismiss({ shop, draftId })
      .catch(notifyFailure)
      .finally(async () => {
        await queries.invalidateQueries({ queryKey: api.drafts.key() })
        setHidden(draftId, false)
      })
  }, undoMs)
  notifyUndo({
    id: `draft-${draftId}`,
    message: i18next.t('away:dismissed'),
    undo: async () => {
      window.clearTimeout(timer)
      setHidden(draftId, false)
    },
  })
}
