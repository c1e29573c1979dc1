import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconPencil, IconSend, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { ReplyDraft } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { codeText, isFailure } from '../../rpc/failure.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { dateTimeText } from '../../ui/time.ts'
import { useInboxStore } from '../inbox/store.ts'
import classes from './Away.module.css'
import { dismissLater } from './dismissing.ts'
import { useAwayStore } from './store.ts'

interface DraftCardProps {
  draft: ReplyDraft
  /** It is dealt with: on to the next. */
  onDone(): void
  last: boolean
}

/** What the customer wrote, what the assistant would answer, and what becomes of it. */
export function DraftCard({ draft, onDone, last }: DraftCardProps) {
  const { t } = useTranslation(['away', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const titleId = useId()
  const name = draft.customer.name || t('unnamed')
  return (
    <article className={classes.card} aria-labelledby={titleId}>
      <Group justify="space-between" gap="sm" mb="xs">
        <Title order={3} id={titleId}>
          {name}
        </Title>
        <Anchor
          component={Link}
          href={screenPath(shop.slug, 'conversations', draft.conversationId)}
          size="sm"
          underline="always"
        >
          {t('openConversation')}
        </Anchor>
      </Group>
      <ul className={classes.asked} aria-label={t('asked')}>
        {draft.asked.map((message) => (
          <li key={`${message.at} ${message.text}`}>
            <span className={classes.words}>{message.text === '' ? t('noText') : message.text}</span>
            <time dateTime={message.at} className={classes.soft}>
              {dateTimeText(message.at, language, shop.timeZone)}
            </time>
          </li>
        ))}
      </ul>
      {draft.state === 'ready' || draft.state === 'failed' || draft.state === 'waiting' ? (
        <Reply draft={draft} name={name} onDone={onDone} />
      ) : (
        <Stack gap="sm" mt="md">
          <Alert color={draft.state === 'overtaken' ? 'yellow' : 'green'} role="status">
            {t(`over.${draft.state}`)}
          </Alert>
          {last ? null : (
            <div>
              <Button variant="default" onClick={onDone}>
                {t('after')}
              </Button>
            </div>
          )}
        </Stack>
      )}
    </article>
  )
}

function Reply({ draft, name, onDone }: { draft: ReplyDraft; name: string; onDone(): void }) {
  const { t } = useTranslation(['away', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const text = useAwayStore((store) => store.texts[draft.id]) ?? draft.text
  const setText = useAwayStore((store) => store.setText)
  const setDraft = useInboxStore((store) => store.setDraft)
  const send = useMutation(
    api.drafts.send.mutationOptions({
      onSuccess: () => {
        notifyDone(t('sent', { name }))
        onDone()
      },
      onError: (error) => {
        // What overtook it is told in its place.
        if (!isFailure(error, 'draft.overtaken')) notifyFailure(error)
      },
      onSettled: () => queries.invalidateQueries({ queryKey: api.drafts.key() }),
    }),
  )
  const writeMyself = () => {
    if (text.trim() !== '') setDraft(draft.conversationId, { kind: 'message', message: text })
    navigate(screenPath(shop, 'conversations', draft.conversationId))
  }
  const ready = draft.state === 'ready'
  return (
    <Stack gap="sm" mt="md">
      {ready ? (
        <Textarea
          label={t('reply')}
          description={t('replyHint')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(draft.id, event.currentTarget.value)}
        />
      ) : draft.state === 'waiting' ? (
        <div role="status">
          <Text size="sm" c="dimmed" mb={6}>
            {t('writing')}
          </Text>
          <Skeleton height={84} radius="md" aria-hidden />
        </div>
      ) : (
        <Alert color="red" role="status">
          {t('failed')} {draft.error === null ? '' : codeText(draft.error)}
        </Alert>
      )}
      <Group gap="xs">
        {ready ? (
          <Button
            leftSection={<IconSend size={17} />}
            loading={send.isPending}
            disabled={text.trim() === ''}
            onClick={() => send.mutate({ shop, draftId: draft.id, text: text.trim() })}
          >
            {t('send')}
          </Button>
        ) : null}
        <Button variant="default" leftSection={<IconPencil size={17} />} onClick={writeMyself}>
          {t('write')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={17} />}
          onClick={() => {
            onDone()
            dismissLater(shop, draft.id, queries)
          }}
        >
          {t('dismiss')}
        </Button>
      </Group>
    </Stack>
  )
}
