import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BrowserDownload } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { bytesText } from '../../ui/bytes.ts'
import type { Browsers } from './browsers.ts'
import classes from './Channels.module.css'
import { useBrowserProblem } from './reasons.ts'

/** How far the download of a browser is, or why it failed. Nothing while there is none. */
export function BrowserDownloadProgress({
  browsers,
  download,
}: {
  browsers: Browsers
  download: BrowserDownload
}) {
  const { t } = useTranslation(['channels', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { ofCode } = useBrowserProblem()
  if (download.state === 'failed') {
    const { code, reason } = download.error ?? { code: 'browser.download_failed', reason: null }
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} />} role="alert">
        <Group justify="space-between" gap="sm">
          <Text size="sm" flex="1 1 220px">
            {ofCode(code, reason)}
          </Text>
          <Button
            size="xs"
            variant="default"
            loading={browsers.download.isPending}
            onClick={() => browsers.download.mutate({})}
          >
            {t('browser.downloadAgain')}
          </Button>
        </Group>
      </Alert>
    )
  }
  if (download.state !== 'running') return null
  const { step, bytes, totalBytes } = download
  const unpacked = step === 'unpacking' || step === 'checking'
  const done = bytesText(bytes, language)
  return (
    <div>
      <Progress
        size="lg"
        animated
        value={unpacked ? 100 : totalBytes === null || totalBytes === 0 ? 0 : (bytes * 100) / totalBytes}
        aria-label={t('browser.downloading')}
      />
      <div className={classes.bar}>
        <span role="status">{t(`browser.progress.${step ?? 'fetching'}`)}</span>
        <span>
          {totalBytes === null ? done : t('browser.bytes', { done, total: bytesText(totalBytes, language) })}
        </span>
      </div>
      <Group mt="sm">
        <Button
          size="xs"
          variant="default"
          loading={browsers.cancel.isPending}
          onClick={() => browsers.cancel.mutate({})}
        >
          {t('browser.cancel')}
        </Button>
      </Group>
    </div>
  )
}
