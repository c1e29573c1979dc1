import { UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBulb,
  IconCheck,
  IconClock,
  IconFile,
  IconQuestionMark,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import classes from './MessageList.module.css'
import { isDeskNotice, type Perspective, sideOf, type ThreadItem } from './state.ts'

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
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(
    new Date(message.sentAt),
  )
  const author = note ? t('note') : t(`author.${message.author}`)
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
          <Attachment key={attachment.id} attachment={attachment} />
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
            <Delivery state={message.delivery} />
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

function Delivery({ state }: { state: NonNullable<Message['delivery']> }) {
  const { t } = useTranslation(['inbox', 'common'])
  const text = t(`state.${state}`)
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
    state === 'unknown'
      ? IconQuestionMark
      : state === 'failed' || state === 'cancelled'
        ? IconAlertTriangle
        : IconClock
  return (
    <span className={classes.delivery} data-state={state}>
      <Icon size={13} aria-hidden /> {text}
    </span>
  )
}

function Attachment({ attachment }: { attachment: Message['attachments'][number] }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const url = attachment.mediaHash === null ? null : mediaUrl(shop.slug, attachment.mediaHash)
  const kind = t(`attachment.${attachment.kind}`)
  const name = attachment.name ?? kind
  if (attachment.kind === 'photo' && url !== null) {
    return <img className={classes.photo} src={url} alt={attachment.name ?? kind} loading="lazy" />
  }
  if (url !== null && attachment.state === 'stored') {
    return (
      <a className={classes.file} href={url} download={name}>
        <IconFile size={18} aria-hidden /> {name}
      </a>
    )
  }
  return (
    <p className={classes.file}>
      <IconFile size={18} aria-hidden /> {name}
      {attachment.state === 'stored' ? null : ` · ${t(`attachment.${attachment.state}`)}`}
    </p>
  )
}
