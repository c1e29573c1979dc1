import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { notifyDone } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { useCustomerWrites } from './queries.ts'
import { newMerge } from './state.ts'

/** Merges two records and offers to split them again. */
export function useMerging() {
  const { t } = useTranslation(['customers', 'common'])
  const { slug: shop } = useShop()
  const { merge, undoMerge } = useCustomerWrites()
  const undo = async (mergeId: string) => {
    await undoMerge.mutateAsync({ shop, mergeId })
    notifyDone(t('merge.undone'))
  }
  return {
    pending: merge.isPending || undoMerge.isPending,
    undo,
    /** @throws what the app answers. `before`: ids of the merges that the record had already. */
    merge: async (customerId: string, otherId: string, before: readonly string[] = []) => {
      const kept = await merge.mutateAsync({ shop, customerId, otherId })
      const mergeId = newMerge(kept, before)
      if (mergeId === null) notifyDone(t('merge.done'))
      else notifyUndo({ id: `merge-${mergeId}`, message: t('merge.done'), undo: () => undo(mergeId) })
      return kept
    },
  }
}
