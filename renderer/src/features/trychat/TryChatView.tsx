import { Alert, Button, Group, Text, TextInput, Title } from '@mantine/core'
import { IconMessages, IconPlus, IconUserHeart } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Message } from '../../../../preload/contract/index.ts'
import { useLiveStore } from '../../app/live-store.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api, client } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyFailure } from '../../ui/notify.ts'
import { useEngines } from '../engines/queries.ts'
import { remoteAnswering } from '../engines/state.ts'
import { Composer } from '../thread/Composer.tsx'
import { MessageList } from '../thread/MessageList.tsx'
import { useMessages } from '../thread/queries.ts'
import { useMarkRead } from '../thread/read.ts'
import { visibleTo } from '../thread/state.ts'
import { TraceDrawer } from '../trace/TraceDrawer.tsx'
import { nextName } from './state.ts'
import { useTryChatStore } from './store.ts'
import classes from './TryChat.module.css'

/** The owner plays a customer; what is said here goes the way of every message. */
export function TryChatView() {
  const { t } = useTranslation(['chat', 'common'])
  const shop = useShop()
  const { testName, setTestName } = usePreferences()
  const name = testName ?? t('defaultName')
  const { text, setText } = useTryChatStore()
  const [traceOf, setTraceOf] = useState<string | null>(null)
  const remote = remoteAnswering(useEngines().data ?? [])
  const composer = useRef<HTMLTextAreaElement>(null)

  const queries = useQueryClient()
  const opening = api.chat.open.queryOptions({
    input: { shop: shop.slug, as: name },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const opened = useQuery(opening)
  const conversationId = opened.data?.conversationId ?? null
  const conversation = useQuery(
    api.conversations.get.queryOptions({
      input: { shop: shop.slug, conversationId: conversationId ?? '-' },
      enabled: conversationId !== null,
    }),
  )
  const thread = useMessages(shop.slug, conversationId)
  const messages = useMemo(() => visibleTo(thread.messages, 'customer'), [thread.messages])
  const typing = useLiveStore((live) => conversationId !== null && live.typing.has(conversationId))
  // What is said before the conversation is open waits for it.
  const say = useMutation({
    mutationFn: async (message: string) => {
      const { conversationId } = await queries.ensureQueryData(opening)
      return client.chat.say({ shop: shop.slug, conversationId, text: message })
    },
    onError: (error) => notifyFailure(error),
  })
  const mode = conversation.data?.mode ?? 'bot'
  useMarkRead(shop.slug, conversationId, conversation.data?.unread ?? 0)

  useEffect(() => {
    if (conversationId !== null) composer.current?.focus()
  }, [conversationId])

  const send = (message: string) => {
    say.mutate(message, {
      onSuccess: () => {
        // What was typed meanwhile stays.
        if (useTryChatStore.getState().text.trim() === message) setText('')
      },
    })
  }
  const announce = useCallback(
    (message: Message) =>
      message.author === 'customer' ? null : t('reply', { shop: shop.name, text: message.text }),
    [t, shop.name],
  )

  return (
    <section className={classes.chat}>
      <header className={classes.head}>
        <div className={classes.title}>
          <Title order={1}>{t('title')}</Title>
          <Text c="dimmed" size="sm">
            {remote === undefined ? t('lead') : t('leadRemote', { name: remote.name })}
          </Text>
        </div>
        <Group gap="xs" align="flex-end">
          <CustomerName name={name} onName={setTestName} />
          <Button
            variant="default"
            leftSection={<IconPlus size={17} />}
            onClick={() => setTestName(nextName(name))}
          >
            {t('new')}
          </Button>
          {conversationId === null || messages.length === 0 ? null : (
            <Button
              variant="subtle"
              leftSection={<IconMessages size={17} />}
              component={Link}
              href={screenPath(shop.slug, 'conversations', conversationId)}
            >
              {t('openInInbox')}
            </Button>
          )}
        </Group>
      </header>
      {mode === 'bot' ? null : (
        <Alert
          color={mode === 'person' ? 'green' : 'yellow'}
          radius={0}
          icon={<IconUserHeart size={18} />}
          role="status"
        >
          {mode === 'person' ? t('withPerson') : t('paused')}
        </Alert>
      )}
      {opened.error === null ? null : (
        <ErrorNotice error={opened.error} onRetry={() => void opened.refetch()} />
      )}
      <MessageList
        key={conversationId}
        messages={messages}
        perspective="customer"
        label={t('messages')}
        loading={conversationId === null ? opened.isPending : thread.isPending}
        hasOlder={thread.hasNextPage}
        loadingOlder={thread.isFetchingNextPage}
        onOlder={() => void thread.fetchNextPage()}
        announce={announce}
        onWhy={setTraceOf}
        typing={typing && mode === 'bot' ? t('typing', { shop: shop.name }) : null}
        empty={<Suggestions onPick={send} />}
      />
      <footer className={classes.foot}>
        <Composer
          inputRef={composer}
          value={text}
          onChange={setText}
          onSend={send}
          label={t('label')}
          placeholder={t('placeholder')}
          sendLabel={t('send')}
          busy={say.isPending}
        />
      </footer>
      <TraceDrawer messageId={traceOf} onClose={() => setTraceOf(null)} />
    </section>
  )
}

function CustomerName({ name, onName }: { name: string; onName(name: string): void }) {
  const { t } = useTranslation(['chat', 'common'])
  const [draft, setDraft] = useState(name)
  useEffect(() => setDraft(name), [name])
  const apply = () => {
    const next = draft.trim()
    if (next === '') setDraft(name)
    else if (next !== name) onName(next)
  }
  return (
    <TextInput
      label={t('as')}
      w={150}
      maxLength={80}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply()
      }}
    />
  )
}

/** First questions, one of them about a product that the shop really has. */
function Suggestions({ onPick }: { onPick(text: string): void }) {
  const { t } = useTranslation(['chat', 'common'])
  const shop = useShop()
  const products = useQuery(
    api.catalog.list.queryOptions({ input: { shop: shop.slug, status: 'available', limit: 1, offset: 0 } }),
  )
  const product = products.data?.items[0]?.name
  const questions = [
    ...(product === undefined
      ? []
      : [t('suggestions.have', { product: product.toLocaleLowerCase(shop.locale) })]),
    t('suggestions.hours'),
    t('suggestions.delivery'),
    t('suggestions.cheap'),
  ]
  return (
    <div className={classes.suggestions}>
      <Text c="dimmed" ta="center">
        {t('empty')}
      </Text>
      {questions.map((question) => (
        <Button key={question} variant="default" radius="xl" onClick={() => onPick(question)}>
          {question}
        </Button>
      ))}
    </div>
  )
}
