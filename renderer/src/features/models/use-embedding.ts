import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'

/** Chooses the model with which the search understands meaning; null for none. */
export function useEmbeddingChoice() {
  const { t } = useTranslation(['models', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const set = useMutation(
    api.search.useEmbedding.mutationOptions({
      onSuccess: (state, { file }) => {
        queries.setQueryData(api.search.embedding.queryKey({ input: { shop } }), state)
        notifyDone(file === null ? t('embedding.off') : t('embedding.started'))
      },
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.search.embedding.key() }),
    }),
  )
  return { isPending: set.isPending, choose: (file: string | null) => set.mutate({ shop, file }) }
}
