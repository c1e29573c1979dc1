import { ActionIcon, Badge, Group, Skeleton, Stack, Switch, Text, ThemeIcon } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconBrandTelegram, IconBrandWhatsapp, IconMessageCircle, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { OwnerPairing } from '../questions/OwnerPairing.tsx'
import { AddTelegram } from './AddTelegram.tsx'
import { stateColor } from './state.ts'

export function ChannelsView() {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const channels = useQuery(api.channels.list.queryOptions({ input: { shop: shop.slug } }))
  const bots = channels.data?.filter((account) => account.kind !== 'testchat') ?? []
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        {channels.error === null ? null : (
          <ErrorNotice error={channels.error} onRetry={() => void channels.refetch()} />
        )}
        {channels.isPending ? <Skeleton height={76} radius="lg" /> : null}
        {channels.data?.map((account) => (
          <Account key={account.id} account={account} />
        ))}
        {channels.data !== undefined && bots.length === 0 ? <Text c="dimmed">{t('empty')}</Text> : null}
        <AddTelegram open={channels.data !== undefined && bots.length === 0} />
        <OwnerPairing />
      </Stack>
    </Page>
  )
}

const icons = { testchat: IconMessageCircle, telegram: IconBrandTelegram, whatsapp: IconBrandWhatsapp }

function Account({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const refresh = () =>
    queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) })
  const onError = (error: unknown) => notifyFailure(error)
  const setEnabled = useMutation(api.channels.setEnabled.mutationOptions({ onSettled: refresh, onError }))
  const remove = useMutation(api.channels.remove.mutationOptions({ onSettled: refresh, onError }))
  const Icon = icons[account.kind]
  const test = account.kind === 'testchat'
  const name = test ? t('testchat') : account.name
  const input = { shop: shop.slug, channelAccountId: account.id }
  const { state } = account
  const detail =
    state.state === 'waiting'
      ? t(`waiting.${state.reason}`)
      : state.state === 'refused'
        ? t(`refused.${state.reason}`)
        : test
          ? t('testchatBody')
          : null
  const askRemove = () =>
    modals.openConfirmModal({
      title: t('removeTitle', { name }),
      children: <Text size="sm">{t('removeBody')}</Text>,
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(input, { onSuccess: () => notifyDone(t('removed', { name })) }),
    })
  return (
    <Card>
      <Group wrap="nowrap" align="flex-start">
        <ThemeIcon size={42} radius="md" variant="light" aria-hidden>
          <Icon size={22} stroke={1.6} />
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={650}>{name}</Text>
            <Badge variant="light" color={stateColor(state.state)} tt="none">
              {t(`state.${state.state}`)}
            </Badge>
          </Group>
          {detail === null ? null : (
            <Text size="sm" c="dimmed" mt={2} role="status">
              {detail}
            </Text>
          )}
        </div>
        {test ? null : (
          <Group gap="sm" wrap="nowrap">
            <Switch
              aria-label={t('enable', { name })}
              checked={account.enabled}
              disabled={setEnabled.isPending}
              onChange={(event) => setEnabled.mutate({ ...input, enabled: event.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={`${t('common:remove')} ${name}`}
              onClick={askRemove}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </Group>
        )}
      </Group>
    </Card>
  )
}
