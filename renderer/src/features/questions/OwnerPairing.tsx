import { Alert, Button, Code, CopyButton, Group, Select, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount, OwnerChat } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { dateTimeText, timeText } from '../../ui/time.ts'
import classes from './Questions.module.css'

/** The owner's own Telegram, paired by a code that works once, so that nobody else answers questions. */
export function OwnerPairing() {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const channels = useQuery(api.channels.list.queryOptions({ input: { shop: shop.slug } }))
  const bots = channels.data?.filter((account) => account.kind === 'telegram') ?? []
  const pair = useMutation(api.cards.pair.mutationOptions())
  // The chat that sends the code tells the desk nothing: while one is shown, the list is asked for now and then.
  const chats = useQuery(
    api.cards.ownerChats.queryOptions({
      input: { shop: shop.slug },
      refetchInterval: pair.data === undefined ? false : 3000,
    }),
  )
  const count = chats.data?.length ?? 0
  const before = useRef(count)
  const { reset } = pair
  useEffect(() => {
    if (count > before.current && pair.data !== undefined) {
      reset()
      notifyDone(t('pairing.done'))
    }
    before.current = count
  }, [count, pair.data, reset, t])
  return (
    <Card title={t('pairing.title')}>
      <Stack>
        <Text c="dimmed">{t('pairing.lead')}</Text>
        <PairedChats chats={chats} />
        {channels.data !== undefined && bots.length === 0 ? <Text>{t('pairing.noBot')}</Text> : null}
        {bots.length === 0 ? null : <PairForm bots={bots} pair={pair} />}
      </Stack>
    </Card>
  )
}

type Pairing = UseMutationResult<
  { code: string; expiresAt: string; bot: string },
  unknown,
  { shop: string; channelAccountId: string }
>

function PairForm({ bots, pair }: { bots: ChannelAccount[]; pair: Pairing }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const [botId, setBotId] = useState(bots[0]?.id ?? '')
  const ask = () => pair.mutate({ shop: shop.slug, channelAccountId: botId })
  return (
    <Stack gap="sm">
      {pair.error === null ? null : <ErrorNotice error={pair.error} />}
      {bots.length === 1 ? null : (
        <Select
          label={t('pairing.bot')}
          maw={280}
          allowDeselect={false}
          data={bots.map((bot) => ({ value: bot.id, label: bot.name }))}
          value={botId}
          onChange={(value) => {
            setBotId(value ?? '')
            pair.reset()
          }}
        />
      )}
      {pair.data === undefined ? null : <PairCode key={pair.data.code} {...pair.data} />}
      <Group>
        <Button
          variant={pair.data === undefined ? 'filled' : 'default'}
          loading={pair.isPending}
          onClick={ask}
        >
          {pair.data === undefined ? t('pairing.make') : t('pairing.again')}
        </Button>
      </Group>
    </Stack>
  )
}

function PairCode({ code, expiresAt, bot }: { code: string; expiresAt: string; bot: string }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const [expired, setExpired] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setExpired(true), Math.max(0, Date.parse(expiresAt) - Date.now()))
    return () => window.clearTimeout(timer)
  }, [expiresAt])
  if (expired) {
    return (
      <Alert color="yellow" role="status">
        {t('pairing.expired')}
      </Alert>
    )
  }
  return (
    <Alert color="green" role="status">
      <Text size="sm">{t('pairing.how', { bot: bot.startsWith('@') ? bot : `@${bot}` })}</Text>
      <Group my={8}>
        <Code fz="xl" fw={700} px="md" py={6} aria-label={t('pairing.code')}>
          {code}
        </Code>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? t('common:copied') : t('pairing.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm">{t('pairing.expires', { at: timeText(expiresAt, language, shop.timeZone) })}</Text>
    </Alert>
  )
}

function PairedChats({ chats }: { chats: UseQueryResult<OwnerChat[], unknown> }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const queries = useQueryClient()
  const unpair = useMutation(
    api.cards.unpair.mutationOptions({
      onSuccess: () => notifyDone(t('pairing.unpaired')),
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.cards.key() }),
    }),
  )
  if (chats.error !== null) {
    return <ErrorNotice error={chats.error} onRetry={() => void chats.refetch()} />
  }
  if (chats.data === undefined || chats.data.length === 0) return null
  return (
    <ul className={classes.plain} aria-label={t('pairing.paired')}>
      {chats.data.map((chat) => (
        <li key={chat.id}>
          <span>
            {chat.name || 'Telegram'}
            <span className={classes.soft}>
              {t('pairing.since', {
                at: dateTimeText(chat.since, language, shop.timeZone),
                account: chat.account,
              })}
            </span>
          </span>
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              modals.openConfirmModal({
                title: t('pairing.unpairTitle', { name: chat.name || 'Telegram' }),
                children: <Text size="sm">{t('pairing.unpairBody')}</Text>,
                labels: { confirm: t('pairing.unpair'), cancel: t('common:cancel') },
                onConfirm: () => unpair.mutate({ shop: shop.slug, ownerChatId: chat.id }),
              })
            }
          >
            {t('pairing.unpair')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
