import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Tariff } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'

/** Takes a product's tariff away once the owner has confirmed it, and offers to bring it back. */
export function useTariffRemoval(productId: string, onRemoved: () => void): (tariff: Tariff) => void {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const input = { shop: shop.slug, productId }
  const onSettled = () => queries.invalidateQueries({ queryKey: api.tariffs.key() })
  const remove = useMutation(api.tariffs.remove.mutationOptions({ onSettled }))
  const set = useMutation(api.tariffs.set.mutationOptions({ onSettled }))

  const confirmed = async (tariff: Tariff) => {
    try {
      await remove.mutateAsync(input)
    } catch (error) {
      notifyFailure(error)
      return
    }
    onRemoved()
    notifyUndo({
      id: `tariff-${productId}`,
      message: t('remove.done'),
      undo: async () => {
        await set.mutateAsync({ ...input, definition: tariff.definition, expectedRevision: 0 })
        notifyDone(t('remove.undone'))
      },
    })
  }
  return (tariff) =>
    modals.openConfirmModal({
      title: t('remove.title'),
      children: <Text size="sm">{t('remove.body', { name: tariff.productName })}</Text>,
      labels: { confirm: t('remove.action'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void confirmed(tariff),
    })
}
