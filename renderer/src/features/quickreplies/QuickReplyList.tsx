import { ActionIcon, Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuickReply } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import classes from './QuickReplies.module.css'
import { QuickReplyForm } from './QuickReplyForm.tsx'
import { useQuickReplies, useQuickReplyWrites } from './queries.ts'
import { moved } from './state.ts'

/** All quick replies in their order, to be added, changed, moved and removed. */
export function QuickReplyList() {
  const { t } = useTranslation(['serving', 'common'])
  const replies = useQuickReplies()
  const [editing, setEditing] = useState<string | 'new' | null>(null)
  if (replies.data === undefined) {
    return replies.error === null ? (
      <Skeleton height={90} radius="md" aria-hidden />
    ) : (
      <ErrorNotice error={replies.error} onRetry={() => void replies.refetch()} />
    )
  }
  const close = () => setEditing(null)
  return (
    <Stack>
      <Text c="dimmed" size="sm">
        {t('quick.lead')}
      </Text>
      {replies.data.length === 0 && editing === null ? <Text>{t('quick.empty')}</Text> : null}
      <ol className={classes.list} aria-label={t('quick.title')}>
        {replies.data.map((reply) => (
          <li key={reply.id}>
            {editing === reply.id ? (
              <QuickReplyForm reply={reply} onClose={close} />
            ) : (
              <Reply reply={reply} all={replies.data} onEdit={() => setEditing(reply.id)} />
            )}
          </li>
        ))}
      </ol>
      {editing === 'new' ? (
        <QuickReplyForm reply={null} onClose={close} />
      ) : (
        <div>
          <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setEditing('new')}>
            {t('quick.add')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

interface ReplyProps {
  reply: QuickReply
  all: readonly QuickReply[]
  onEdit(): void
}

function Reply({ reply, all, onEdit }: ReplyProps) {
  const { t } = useTranslation(['serving', 'common'])
  const { slug: shop } = useShop()
  const { order, remove, restore } = useQuickReplyWrites()
  const ids = all.map(({ id }) => id)
  const move = (by: -1 | 1) => {
    const next = moved(ids, reply.id, by)
    if (next !== null) order.mutate({ shop, ids: next })
  }
  const takeAway = () =>
    remove.mutate(
      { shop, id: reply.id },
      {
        onSuccess: () =>
          notifyUndo({
            id: `quick-reply-${reply.id}`,
            message: t('quick.removed', { title: reply.title }),
            undo: async () => {
              await restore.mutateAsync({ shop, id: reply.id })
            },
          }),
      },
    )
  const { title } = reply
  return (
    <div className={classes.reply}>
      <strong>{title}</strong>
      <span className={classes.actions}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('quick.up', { title })}
          disabled={ids[0] === reply.id}
          onClick={() => move(-1)}
        >
          <IconArrowUp size={17} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('quick.down', { title })}
          disabled={ids.at(-1) === reply.id}
          onClick={() => move(1)}
        >
          <IconArrowDown size={17} />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={t('quick.edit', { title })} onClick={onEdit}>
          <IconPencil size={17} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={t('quick.remove', { title })}
          disabled={remove.isPending}
          onClick={takeAway}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </span>
      <p className={classes.replyText}>{reply.text}</p>
    </div>
  )
}
