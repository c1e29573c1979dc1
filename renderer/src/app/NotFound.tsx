import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { EmptyState } from '../ui/EmptyState.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState icon={IconCompass} title={t('notFound.title')} body={t('notFound.body')} level={1}>
      <Button component={Link} href="/">
        {t('notFound.action')}
      </Button>
    </EmptyState>
  )
}
