import { IconMessages } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ConversationList } from './ConversationList.tsx'
import classes from './Inbox.module.css'
import { ThreadPane } from './ThreadPane.tsx'
import { UnknownSends } from './UnknownSends.tsx'

/** The list beside the open conversation; a narrow window shows one or the other. */
export function InboxView({ conversationId }: { conversationId: string | null }) {
  const { t } = useTranslation(['inbox', 'common'])
  return (
    <div className={classes.inbox} data-open={conversationId !== null}>
      <section className={classes.listPane} aria-label={t('title')}>
        <UnknownSends />
        <ConversationList openId={conversationId} />
      </section>
      <div className={classes.threadPane}>
        {conversationId === null ? (
          <EmptyState icon={IconMessages} title={t('choose.title')} body={t('choose.body')} />
        ) : (
          <ThreadPane key={conversationId} conversationId={conversationId} />
        )}
      </div>
    </div>
  )
}
