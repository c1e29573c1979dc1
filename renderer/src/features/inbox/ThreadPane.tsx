import { ActionIcon, Anchor, Badge, Button, Group, SegmentedControl, Text, Title } from '@mantine/core'
import {
  IconArrowLeft,
  IconCheck,
  IconHandStop,
  IconPlayerPause,
  IconRobot,
  IconUser,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Conversation, Message } from '../../../../preload/contract/index.ts'
import { useLiveStore } from '../../app/live-store.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyFailure } from '../../ui/notify.ts'
import { Composer } from '../thread/Composer.tsx'
import { MessageList } from '../thread/MessageList.tsx'
import { useMessages } from '../thread/queries.ts'
import { useMarkRead } from '../thread/read.ts'
import { knownTool } from '../trace/state.ts'
import { TraceDrawer } from '../trace/TraceDrawer.tsx'
import classes from './Inbox.module.css'
import { useModeActions } from './queries.ts'
import { actionsFor, reasonOf } from './state.ts'
import { useDraft, useInboxStore } from './store.ts'

export function ThreadPane({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation(['inbox', 'common', 'trace'])
  const shop = useShop()
  const conversation = useQuery(
    api.conversations.get.queryOptions({ input: { shop: shop.slug, conversationId } }),
  )
  const thread = useMessages(shop.slug, conversationId)
  const typing = useLiveStore((live) => live.typing.has(conversationId))
  const [traceOf, setTraceOf] = useState<string | null>(null)
  useMarkRead(shop.slug, conversationId, conversation.data?.unread ?? 0)
  const name = conversation.data?.customer.name || t('unnamed')

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
      <header className={classes.threadHead}>
        <ActionIcon
          className={classes.backOnly}
          component="a"
          href={`#${screenPath(shop.slug, 'conversations')}`}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('common:back')}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
        <div className={classes.who}>
          <Title order={2}>
            {conversation.data === undefined ? (
              '…'
            ) : (
              <Anchor
                component={Link}
                href={screenPath(shop.slug, 'customers', conversation.data.customer.id)}
                className={classes.customer}
                title={t('openCustomer')}
              >
                {name}
              </Anchor>
            )}
          </Title>
          {conversation.data === undefined ? null : (
            <Badge size="sm" variant="default" tt="none" fw={550}>
              {t(`channel.${conversation.data.channel.kind}`)}
              {conversation.data.channel.kind === 'testchat' ? '' : ` · ${conversation.data.channel.name}`}
            </Badge>
          )}
        </div>
        {conversation.data === undefined ? null : <ModeButtons conversation={conversation.data} />}
      </header>
      {conversation.data === undefined ? null : <ModeBanner conversation={conversation.data} />}
      {conversation.data === undefined || conversation.data.untold.length === 0 ? null : (
        <div className={classes.banner} data-mode="paused" role="status">
          <span>
            <strong>{t('untold')}</strong>{' '}
            {conversation.data.untold
              .map(({ tool }) => {
                const known = knownTool(tool)
                return known === null ? tool : t(`trace:tools.${known}`)
              })
              .join(', ')}
          </span>
        </div>
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

const actionIcons = { take: IconHandStop, handBack: IconRobot, pause: IconPlayerPause }

function ModeButtons({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const actions = useModeActions(shop.slug)
  const input = { shop: shop.slug, conversationId: conversation.id }
  return (
    <Group gap="xs">
      {actionsFor(conversation.mode).map((action, index) => {
        const Icon = actionIcons[action]
        return (
          <Button
            key={action}
            size="sm"
            variant={index === 0 ? 'filled' : 'default'}
            leftSection={<Icon size={17} />}
            loading={actions[action].isPending}
            onClick={() => actions[action].mutate(input)}
          >
            {t(action)}
          </Button>
        )
      })}
    </Group>
  )
}

function ModeBanner({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common'])
  const Icon = { bot: IconRobot, person: IconUser, paused: IconPlayerPause }[conversation.mode]
  const reason = reasonOf(conversation)
  return (
    <div className={classes.banner} data-mode={conversation.mode} role="status">
      <Icon size={18} aria-hidden />
      <span>
        {reason === null ? null : <strong>{t(`reason.${reason}`)} </strong>}
        {t(`banner.${conversation.mode}`)}
      </span>
    </div>
  )
}

function OwnerComposer({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const draft = useDraft(conversation.id)
  const setDraft = useInboxStore((store) => store.setDraft)
  const options = { onError: (error: unknown) => notifyFailure(error) }
  const send = useMutation(api.conversations.send.mutationOptions(options))
  const note = useMutation(api.conversations.note.mutationOptions(options))
  const markDone = useMutation(api.conversations.markDone.mutationOptions(options))
  const asNote = draft.kind === 'note'
  const busy = send.isPending || note.isPending
  const kinds = [
    { value: 'message', label: t('composer.asMessage') },
    { value: 'note', label: t('composer.asNote') },
  ]
  return (
    <footer className={classes.foot}>
      <div className={classes.footBar}>
        <SegmentedControl
          size="xs"
          aria-label={t('composer.label')}
          data={kinds}
          value={draft.kind}
          onChange={(kind) => setDraft(conversation.id, { kind: kind === 'note' ? 'note' : 'message' })}
        />
        {conversation.doneAt === null && conversation.mode !== 'bot' ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconCheck size={16} />}
            loading={markDone.isPending}
            onClick={() => markDone.mutate({ shop: shop.slug, conversationId: conversation.id, done: true })}
          >
            {t('done')}
          </Button>
        ) : null}
      </div>
      {!asNote && conversation.mode !== 'person' ? (
        <Text c="dimmed" size="sm" ta="center" py={8}>
          {t('composer.takeFirst')}
        </Text>
      ) : (
        <Composer
          tone={asNote ? 'note' : undefined}
          value={asNote ? draft.note : draft.message}
          onChange={(value) => setDraft(conversation.id, asNote ? { note: value } : { message: value })}
          onSend={(text) => {
            const input = { shop: shop.slug, conversationId: conversation.id, text }
            if (asNote) note.mutate(input, { onSuccess: () => setDraft(conversation.id, { note: '' }) })
            else send.mutate(input, { onSuccess: () => setDraft(conversation.id, { message: '' }) })
          }}
          label={asNote ? t('composer.noteLabel') : t('composer.label')}
          placeholder={asNote ? t('composer.notePlaceholder') : t('composer.placeholder')}
          sendLabel={asNote ? t('composer.addNote') : t('composer.send')}
          hint={t('composer.hint')}
          busy={busy}
        />
      )}
    </footer>
  )
}
