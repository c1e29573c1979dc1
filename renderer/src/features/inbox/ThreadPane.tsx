import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../preload/contract/index.ts'
import { useLiveStore } from '../../app/live-store.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useCallStore } from '../calls/store.ts'
import { MessageList } from '../thread/MessageList.tsx'
import { useMessages } from '../thread/queries.ts'
import { useMarkRead } from '../thread/read.ts'
import { TraceDrawer } from '../trace/TraceDrawer.tsx'
import classes from './Inbox.module.css'
import { ModeBanner, OpenEnds } from './ModeBanner.tsx'
import { OwnerComposer } from './OwnerComposer.tsx'
import { ThreadHead } from './ThreadHead.tsx'

/** One conversation: who has it, what was said, and where a person writes. */
export function ThreadPane({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const conversation = useQuery(
    api.conversations.get.queryOptions({ input: { shop: shop.slug, conversationId } }),
  )
  const thread = useMessages(shop.slug, conversationId)
  const typing = useLiveStore((live) => live.typing.has(conversationId))
  const [traceOf, setTraceOf] = useState<string | null>(null)
  useMarkRead(shop.slug, conversationId, conversation.data?.unread ?? 0)
  const name = conversation.data?.customer.name || t('unnamed')
  const answered = useLiveStore((live) => live.answerCall)
  useEffect(() => {
    answered(conversationId)
    useCallStore.getState().hide(conversationId)
  }, [answered, conversationId])

  const announce = useCallback(
    (message: Message) =>
      message.author === 'person'
        ? null
        : t('newMessage', {
            name: message.author === 'customer' ? name : t('author.agent'),
            text: message.text,
          }),
    [t, name],
  )

  if (conversation.error !== null && conversation.data === undefined) {
    return <ErrorNotice error={conversation.error} onRetry={() => void conversation.refetch()} page />
  }
  return (
    <section className={classes.thread} aria-label={t('details', { name })}>
      {/* A narrow window hides the list, and with it the heading of the screen. */}
      <h1 className={`visually-hidden ${classes.narrowHeading}`}>{t('title')}</h1>
      <ThreadHead conversation={conversation.data} />
      {conversation.data === undefined ? null : (
        <>
          <ModeBanner conversation={conversation.data} />
          <OpenEnds conversation={conversation.data} />
        </>
      )}
      <MessageList
        messages={thread.messages}
        perspective="owner"
        label={t('thread')}
        loading={thread.isPending}
        hasOlder={thread.hasNextPage}
        loadingOlder={thread.isFetchingNextPage}
        onOlder={() => void thread.fetchNextPage()}
        announce={announce}
        onWhy={setTraceOf}
        typing={typing && conversation.data?.mode === 'bot' ? t('typing') : null}
        empty={
          <Text c="dimmed" ta="center" p="xl">
            {t('noMessages')}
          </Text>
        }
      />
      {conversation.data === undefined ? null : <OwnerComposer conversation={conversation.data} />}
      <TraceDrawer messageId={traceOf} onClose={() => setTraceOf(null)} />
    </section>
  )
}
