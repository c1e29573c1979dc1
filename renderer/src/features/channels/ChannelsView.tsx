import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconBrandTelegram, IconBrandWhatsapp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { OwnerPairing } from '../questions/OwnerPairing.tsx'
import { AccountCard } from './AccountCard.tsx'
import { AddTelegram } from './AddTelegram.tsx'
import { ConnectWhatsApp } from './ConnectWhatsApp.tsx'

export function ChannelsView() {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const [adding, setAdding] = useState<'telegram' | 'whatsapp' | null>(null)
  const [fresh, setFresh] = useState<string | null>(null)
  const channels = useQuery(api.channels.list.queryOptions({ input: { shop: shop.slug } }))
  const none = channels.data?.every((account) => account.kind === 'testchat') ?? false
  const stop = () => setAdding(null)
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        {channels.error === null ? null : (
          <ErrorNotice error={channels.error} onRetry={() => void channels.refetch()} />
        )}
        {channels.isPending ? <Skeleton height={76} radius="lg" /> : null}
        {channels.data?.map((account) => (
          <AccountCard
            key={account.id}
            account={account}
            fresh={account.id === fresh}
            onSeen={() => setFresh(null)}
          />
        ))}
        {none && adding === null ? <Text c="dimmed">{t('empty')}</Text> : null}
        {adding === 'whatsapp' ? (
          <ConnectWhatsApp
            onAdded={(accountId) => {
              setFresh(accountId)
              stop()
            }}
            onLeave={stop}
          />
        ) : null}
        {adding === 'telegram' ? <AddTelegram onAdded={stop} onLeave={stop} /> : null}
        {adding === null && channels.data !== undefined ? (
          <Group gap="sm">
            <Button leftSection={<IconBrandWhatsapp size={18} />} onClick={() => setAdding('whatsapp')}>
              {t('whatsapp.add')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconBrandTelegram size={18} />}
              onClick={() => setAdding('telegram')}
            >
              {t('add')}
            </Button>
          </Group>
        ) : null}
        <OwnerPairing />
      </Stack>
    </Page>
  )
}
