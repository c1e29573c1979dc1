import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { useProductWrites } from './queries.ts'

/** Deletes a product once the owner has confirmed it, and offers to bring it back. */
export function useProductRemoval(onRemoved: () => void): (product: Product) => void {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const { remove, restore } = useProductWrites()

  const confirmed = async (product: Product) => {
    // Promises, not the mutations' callbacks: those end with the editor, which goes together with the product.
    try {
      await remove.mutateAsync({ shop: shop.slug, productId: product.id })
    } catch (error) {
      notifyFailure(error)
      return
    }
    notifyUndo({
      id: `deleted-${product.id}`,
      message: t('deleted', { name: product.name }),
      undo: async () => {
        await restore.mutateAsync({ shop: shop.slug, productId: product.id })
        notifyDone(t('restored', { name: product.name }))
      },
    })
    onRemoved()
  }

  return (product) =>
    modals.openConfirmModal({
      title: t('deleteTitle', { name: product.name }),
      children: <Text size="sm">{t('deleteBody')}</Text>,
      labels: { confirm: t('common:delete'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void confirmed(product),
    })
}
