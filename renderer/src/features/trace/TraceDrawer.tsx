import { Drawer, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { TraceStory } from './TraceStory.tsx'

interface TraceDrawerProps {
  /** The reply to explain; null closes the drawer. */
  messageId: string | null
  onClose(): void
}

/** "Why did it say that?": what the engine looked up, what came back and what the money gate said. */
export function TraceDrawer({ messageId, onClose }: TraceDrawerProps) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const trace = useQuery(
    api.traces.get.queryOptions({
      input: { shop: shop.slug, messageId: messageId ?? '-' },
      enabled: messageId !== null,
    }),
  )
  return (
    <Drawer
      opened={messageId !== null}
      onClose={onClose}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {trace.error === null ? null : isFailure(trace.error, 'not_found') ? (
        <Text c="dimmed">{t('none')}</Text>
      ) : (
        <ErrorNotice error={trace.error} onRetry={() => void trace.refetch()} />
      )}
      {messageId !== null && trace.isPending ? (
        <Stack aria-hidden>
          <Skeleton height={90} />
          <Skeleton height={140} />
          <Skeleton height={80} />
        </Stack>
      ) : null}
      {trace.data === undefined ? null : <TraceStory trace={trace.data} />}
    </Drawer>
  )
}
