import { Avatar, Badge, VisuallyHidden } from '@mantine/core'
import {
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconCheck,
  IconFile,
  IconMapPin,
  IconMessageCircle,
  IconMicrophone,
  IconNote,
  IconPencil,
  IconPhoto,
  IconSticker,
  IconVideo,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Conversation, Person } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { rowTime } from '../../ui/time.ts'
import classes from './Inbox.module.css'
import { initialsOf } from './state.ts'

type Icon = ComponentType<{ size?: number; stroke?: number }>

export const channelIcons: Record<Conversation['channel']['kind'], Icon> = {
  testchat: IconMessageCircle,
  telegram: IconBrandTelegram,
  whatsapp: IconBrandWhatsapp,
}

const kindIcons: Readonly<Record<string, Icon>> = {
  photo: IconPhoto,
  document: IconFile,
  voice: IconMicrophone,
  video: IconVideo,
  location: IconMapPin,
  sticker: IconSticker,
  other: IconFile,
  note: IconNote,
}
const attachmentKinds = ['photo', 'document', 'voice', 'video', 'location', 'sticker', 'other'] as const

interface ConversationRowProps {
  conversation: Conversation
  open: boolean
  people: readonly Person[]
}

export function ConversationRow({ conversation, open, people }: ConversationRowProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const { customer, channel, lastMessage, unread } = conversation
  const name = customer.name === '' ? t('unnamed') : customer.name
  const Channel = channelIcons[channel.kind]
  return (
    <Link
      href={screenPath(shop.slug, 'conversations', conversation.id)}
      className={classes.row}
      aria-current={open ? 'true' : undefined}
      data-unread={unread > 0}
    >
      <span className={classes.face}>
        <Avatar name={name} color="initials" allowedInitialsColors={['clay', 'green', 'gray']} aria-hidden />
        <span className={classes.channel} title={t(`channel.${channel.kind}`)}>
          <Channel size={13} stroke={2} aria-hidden />
        </span>
      </span>
      <span>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <VisuallyHidden>{t(`channel.${channel.kind}`)}</VisuallyHidden>
          {lastMessage === null ? null : (
            <time className={classes.time} dateTime={lastMessage.at}>
              {rowTime(lastMessage.at, Date.now(), language, shop.timeZone)}
            </time>
          )}
        </span>
        <span className={classes.line}>
          <Snippet conversation={conversation} />
          <Marks conversation={conversation} people={people} />
          {unread > 0 ? (
            <Badge size="sm" circle>
              <span aria-hidden>{unread > 9 ? '9+' : unread}</span>
              <VisuallyHidden>{t('unread', { count: unread })}</VisuallyHidden>
            </Badge>
          ) : null}
        </span>
      </span>
    </Link>
  )
}

/** The last message in a line: who wrote it, what it is where it is no text, and what it says. */
function Snippet({ conversation: { lastMessage } }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common'])
  if (lastMessage === null) return <span className={classes.snippet}>{t('noMessages')}</span>
  const Kind = kindIcons[lastMessage.kind]
  const kind = attachmentKinds.find((each) => each === lastMessage.kind)
  const word = lastMessage.kind === 'note' ? t('note') : kind === undefined ? null : t(`attachment.${kind}`)
  return (
    <span className={classes.snippet}>
      {lastMessage.author === 'customer' || lastMessage.kind === 'note'
        ? ''
        : `${t(`author.${lastMessage.author}`)}: `}
      {Kind === undefined ? null : (
        <span className={classes.kind} aria-hidden>
          <Kind size={14} stroke={1.8} />
        </span>
      )}
      {lastMessage.text === '' ? (word ?? t('attachment.other')) : null}
      {lastMessage.text !== '' && word !== null ? <VisuallyHidden>{word}: </VisuallyHidden> : null}
      {lastMessage.text}
    </span>
  )
}

/** Who has it, whether it is done, whether a reply waits for a look. */
function Marks({ conversation, people }: { conversation: Conversation; people: readonly Person[] }) {
  const { t } = useTranslation(['inbox', 'common'])
  const { mode, assignedTo, doneAt, draftId } = conversation
  const person = people.find(({ id }) => id === assignedTo)
  return (
    <>
      {draftId === null ? null : (
        <span className={classes.mark} title={t('draftWaits')}>
          <IconPencil size={15} aria-hidden />
          <VisuallyHidden>{t('draftWaits')}</VisuallyHidden>
        </span>
      )}
      {doneAt === null ? null : (
        <span className={classes.mark} title={t('isDone')}>
          <IconCheck size={15} aria-hidden />
          <VisuallyHidden>{t('isDone')}</VisuallyHidden>
        </span>
      )}
      {mode === 'bot' ? null : (
        <Badge size="sm" variant="light" color={mode === 'person' ? 'green' : 'gray'} tt="none" fw={600}>
          {mode === 'person' ? t('modeBadge.person') : t('modeBadge.paused')}
        </Badge>
      )}
      {person === undefined ? null : (
        <span className={classes.initials} title={t('assignedTo', { name: person.name })}>
          <span aria-hidden>{initialsOf(person.name)}</span>
          <VisuallyHidden>{t('assignedTo', { name: person.name })}</VisuallyHidden>
        </span>
      )}
    </>
  )
}
