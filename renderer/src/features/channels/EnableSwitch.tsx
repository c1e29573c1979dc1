import { Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

export function EnableSwitch({ account, name }: { account: ChannelAccount; name: string }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const set = useMutation(
    api.channels.setEnabled.mutationOptions({
      onError: (error) => notifyFailure(error),
      onSettled: () =>
        queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) }),
    }),
  )
  return (
    <Switch
      aria-label={t('enable', { name })}
      checked={account.enabled}
      disabled={set.isPending}
      onChange={(event) =>
        set.mutate({
          shop: shop.slug,
          channelAccountId: account.id,
          enabled: event.currentTarget.checked,
        })
      }
    />
  )
}
