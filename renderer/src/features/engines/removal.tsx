import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Engine } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { useEnginesRefresh } from './queries.ts'
import { useTestStore } from './store.ts'
import { useEngineTexts } from './texts.ts'

/** Asks before an engine goes for good. */
export function useAskRemoval(): (engine: Engine) => void {
  const { t } = useTranslation(['engines', 'common'])
  const { slug: shop } = useShop()
  const texts = useEngineTexts()
  const refresh = useEnginesRefresh()
  const remove = useMutation(
    api.engines.remove.mutationOptions({ onError: (error) => notifyFailure(error), onSettled: refresh }),
  )
  return (engine) => {
    const name = texts.name(engine)
    modals.openConfirmModal({
      title: t('remove.title', { name }),
      children: <Text size="sm">{t(engine.kind === 'local' ? 'remove.local' : 'remove.remote')}</Text>,
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        remove.mutate(
          { shop, engineId: engine.id },
          {
            onSuccess: () => {
              useTestStore.getState().forget(engine.id)
              notifyDone(t('remove.done', { name }))
            },
          },
        ),
    })
  }
}
