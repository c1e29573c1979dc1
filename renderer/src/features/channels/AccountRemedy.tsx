import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconDevices } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import { BrowserPicker } from './BrowserPicker.tsx'
import { useBrowsers } from './browsers.ts'
import { PairingCode } from './PairingCode.tsx'
import { Steps } from './Steps.tsx'
import { numberText, remedyOf, stepOf } from './state.ts'

/** What an account needs of its owner now: a scan, a word, a browser. */
export function AccountRemedy({
  account,
  fresh,
  onSeen,
}: {
  account: ChannelAccount
  fresh: boolean
  onSeen(): void
}) {
  const { t } = useTranslation(['channels', 'common'])
  const { state } = account
  const remedy = remedyOf(account)
  const steps = fresh && account.kind === 'whatsapp' ? <Steps current={stepOf(account)} /> : null
  if (fresh && state.state === 'ready' && account.kind === 'whatsapp') {
    return (
      <Stack mt="md" gap="sm">
        {steps}
        <Alert color="green" icon={<IconCircleCheck size={20} />} role="status">
          <Text size="sm" fw={600}>
            {t('whatsapp.connected', { name: state.name, number: numberText(state.externalId) })}
          </Text>
          <Text size="sm" my={6}>
            {t('whatsapp.connectedBody')}
          </Text>
          <Button size="xs" variant="default" onClick={onSeen}>
            {t('whatsapp.ok')}
          </Button>
        </Alert>
      </Stack>
    )
  }
  if (remedy === null && steps === null) return null
  return (
    <Stack mt="md" gap="sm">
      {steps}
      {state.state === 'pairing' ? <PairingCode accountId={account.id} pairing={state} /> : null}
      {remedy === 'use_here' ? <UseHere account={account} /> : null}
      {remedy === 'browser' ? <MissingBrowser account={account} /> : null}
    </Stack>
  )
}

function UseHere({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const use = useMutation(
    api.channels.useHere.mutationOptions({
      onError: (error) => notifyFailure(error),
      onSettled: () =>
        queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) }),
    }),
  )
  return (
    <Alert color="yellow" icon={<IconDevices size={20} />} role="status">
      <Text size="sm" mb="sm">
        {t('conflict.body')}
      </Text>
      <Button
        loading={use.isPending}
        onClick={() => use.mutate({ shop: shop.slug, channelAccountId: account.id })}
      >
        {t('conflict.use')}
      </Button>
    </Alert>
  )
}

function MissingBrowser({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const browsers = useBrowsers()
  // Setting the account's browser, to the computer's here, starts it anew.
  const start = useMutation(
    api.channels.setBrowser.mutationOptions({
      onError: (error) => notifyFailure(error),
      onSettled: () =>
        queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) }),
    }),
  )
  return (
    <Stack gap="sm">
      <BrowserPicker browsers={browsers} />
      {browsers.check.data === undefined || browsers.check.isFetching ? null : (
        <Group>
          <Button
            loading={start.isPending}
            onClick={() => start.mutate({ shop: shop.slug, channelAccountId: account.id, browser: null })}
          >
            {t('connect')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
