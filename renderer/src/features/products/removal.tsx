import { Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { useProductWrites } from './queries.ts'

/** Deletes a product once the owner has confirmed it, and offers to bring it back. */
export function useProductRemoval(onRemoved: () => void): (product: Product) => void {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const { remove, restore } = useProductWrites()

  // Promises, not the mutations' callbacks: those end with the editor, which goes together with the product.
  const undo = async (product: Product, noticeId: string) => {
    try {
      await restore.mutateAsync({ shop: shop.slug, productId: product.id })
      notifications.hide(noticeId)
      notifyDone(t('restored', { name: product.name }))
    } catch (error) {
      notifyFailure(error)
    }
  }

  const confirmed = async (product: Product) => {
    try {
      await remove.mutateAsync({ shop: shop.slug, productId: product.id })
    } catch (error) {
      notifyFailure(error)
      return
    }
    const noticeId = `deleted-${product.id}`
    notifications.show({
      id: noticeId,
      autoClose: 12_000,
      closeButtonProps: { 'aria-label': t('common:close') },
      message: (
        <Group justify="space-between" gap="sm">
          {t('deleted', { name: product.name })}
          <Button size="compact-sm" variant="default" onClick={() => void undo(product, noticeId)}>
            {t('common:undo')}
          </Button>
        </Group>
      ),
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
