import { IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'

export function SessionNotice() {
  const { t } = useTranslation()
  return (
    <main>
      <EmptyState icon={IconKey} title={t('session.title')} body={t('session.body')} level={1} />
    </main>
  )
}
