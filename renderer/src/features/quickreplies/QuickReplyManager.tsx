import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { QuickReplyList } from './QuickReplyList.tsx'

/** The quick replies, from within a conversation. */
export function QuickReplyManager({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation(['serving', 'common'])
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('quick.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <QuickReplyList />
    </Drawer>
  )
}
