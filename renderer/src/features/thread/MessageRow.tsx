import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconBulb, IconCheck, IconClock, IconQuestionMark } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { timeText } from '../../ui/time.ts'
import { useMyId, usePeople } from '../team/queries.ts'
import { AttachmentView } from './Attachments.tsx'
import classes from './MessageList.module.css'
import {
  deliveryText,
  isDeskNotice,
  type Perspective,
  sideOf,
  type ThreadItem,
  writtenOnPhone,
} from './state.ts'

interface MessageRowProps {
  item: Extract<ThreadItem, { kind: 'message' }>
  perspective: Perspective
  replyTo: Message | null
  onWhy(messageId: string): void
}

export function MessageRow({ item, perspective, replyTo, onWhy }: MessageRowProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const { timeZone } = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const { message } = item
  const note = message.kind === 'note'
  const time = timeText(message.sentAt, language, timeZone)
  const author = useAuthor(message)
  return (
    <li
      className={classes.row}
      data-side={isDeskNotice(message) ? 'middle' : sideOf(message, perspective)}
      data-author={note ? 'note' : message.author}
      data-last={item.last}
      data-message={message.id}
    >
      <div className={classes.bubble}>
        {perspective === 'owner' && item.first ? (
          <p className={classes.author}>{author}</p>
        ) : (
          <span className="visually-hidden">{author}: </span>
        )}
        {replyTo === null ? null : (
          <blockquote className={classes.quote}>
            <span className="visually-hidden">{t('replyTo')}: </span>
            {replyTo.text}
          </blockquote>
        )}
        {message.removedAt !== null && perspective === 'owner' ? (
          <p className={classes.removed}>{t('removed')}</p>
        ) : null}
        {message.attachments.map((attachment) => (
          <AttachmentView key={attachment.id} attachment={attachment} />
        ))}
        {message.text === '' ? null : (
          <p className={classes.text} data-removed={message.removedAt !== null}>
            {message.text}
          </p>
        )}
        <p className={classes.meta}>
          {message.editedAt === null ? null : <span>{t('edited')}</span>}
          <time dateTime={message.sentAt}>{time}</time>
          {message.delivery === null || perspective === 'customer' ? null : (
            <Delivery state={message.delivery} reason={message.deliveryReason} />
          )}
        </p>
      </div>
      {message.hasTrace ? (
        <UnstyledButton className={classes.why} onClick={() => onWhy(message.id)}>
          <IconBulb size={14} stroke={1.8} /> {t('why')}
        </UnstyledButton>
      ) : null}
    </li>
  )
}

/** Who wrote it, as the shop's people are called; what came from the owner's phone says so. */
function useAuthor(message: Message): string {
  const { t } = useTranslation(['inbox', 'common'])
  const me = useMyId()
  const people = usePeople().data ?? []
  const other = people.find(({ id }) => id === message.personId && id !== me)
  if (message.kind === 'note') return other === undefined ? t('note') : t('noteOf', { name: other.name })
  if (message.author !== 'person') return t(`author.${message.author}`)
  if (writtenOnPhone(message)) return t('author.phone')
  return other?.name ?? t('author.person')
}

function Delivery({ state, reason }: { state: NonNullable<Message['delivery']>; reason: string | null }) {
  const { t } = useTranslation(['inbox', 'common'])
  const text = t(deliveryText(state, reason))
  // What went as planned needs no words to the eye.
  if (state === 'sent') {
    return (
      <span className={classes.sent}>
        <IconCheck size={14} aria-hidden />
        <span className="visually-hidden">{text}</span>
      </span>
    )
  }
  const Icon =
    state === 'unknown' && reason !== 'queued_there'
      ? IconQuestionMark
      : state === 'failed' || state === 'cancelled'
        ? IconAlertTriangle
        : IconClock
  return (
    <span className={classes.delivery} data-state={reason === 'queued_there' ? 'waiting' : state}>
      <Icon size={13} aria-hidden /> {text}
    </span>
  )
}
