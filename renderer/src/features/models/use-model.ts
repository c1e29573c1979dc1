import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api, client } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { askedOf } from '../engines/state.ts'
import { useTestStore } from '../engines/store.ts'

interface Wanted {
  /** Absolute path. */
  file: string
  name?: string
}

/** Makes an engine of a model's file, puts it first and asks it something small. */
export function useModelForAnswers() {
  const { t } = useTranslation(['models', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const runTest = useTestStore((store) => store.run)
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: api.engines.key() })
    await queries.invalidateQueries({ queryKey: api.models.files.key() })
  }
  return useMutation({
    mutationFn: async ({ file, name }: Wanted) => {
      const engine = await client.engines.addLocal({ shop, file, ...(name === undefined ? {} : { name }) })
      const others = askedOf(await client.engines.list({ shop })).filter((each) => each.id !== engine.id)
      await client.engines.order({ shop, order: [engine.id, ...others.map((each) => each.id)] })
      return engine
    },
    onSuccess: (engine) => {
      notifyDone(t('use.done', { name: engine.name }))
      navigate(screenPath(shop, 'assistant', 'engines'))
      void runTest(shop, engine.id).then(refresh)
    },
    onError: (error) => notifyFailure(error),
    onSettled: refresh,
  })
}
