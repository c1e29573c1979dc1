import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'

/** Whether the customer hears of a change: as the shop has set it, unless it is chosen otherwise. */
export function useTell(order: Order): [boolean, (tell: boolean) => void] {
  const shop = useShop()
  const settings = useQuery(api.selling.settings.queryOptions({ input: { shop: shop.slug } }))
  const [chosen, choose] = useState<boolean | null>(null)
  const usual = order.conversationId !== null && (settings.data?.tellCustomers ?? true)
  return [chosen ?? usual, choose]
}

/** Nothing where there is no conversation to tell it in. */
export function TellSwitch(props: { order: Order; value: boolean; onChange(tell: boolean): void }) {
  const { t } = useTranslation(['orders', 'common'])
  if (props.order.conversationId === null) return null
  return (
    <Switch
      label={t('tell')}
      description={t('tellHelp')}
      checked={props.value}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}
