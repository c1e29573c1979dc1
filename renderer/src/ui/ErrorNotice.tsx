import { Alert, Button, Center, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { codeText, failureText } from '../rpc/failure.ts'

interface ErrorNoticeProps {
  error?: unknown
  /** Error code, where there is no error object. */
  code?: string
  onRetry?: () => void
  /** Fills a page of its own. */
  page?: boolean
}

/** Says in the reader's language what went wrong and what to do. */
export function ErrorNotice({ error, code, onRetry, page = false }: ErrorNoticeProps) {
  const { t } = useTranslation()
  const notice = (
    <Alert color="red" icon={<IconAlertTriangle size={20} />} role="alert" maw={page ? 520 : undefined}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 220px">
          {code === undefined ? failureText(error) : codeText(code)}
        </Text>
        {onRetry === undefined ? null : (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Group>
    </Alert>
  )
  if (!page) return notice
  return (
    <Center component="main" mih="60vh" p="md">
      {notice}
    </Center>
  )
}
