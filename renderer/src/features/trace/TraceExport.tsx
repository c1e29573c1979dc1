import { Button, CopyButton, Group } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { saveText } from '../../rpc/download.ts'

/** The whole trace for somebody else's eyes. */
export function TraceExport({ json, name }: { json: string; name: string }) {
  const { t } = useTranslation(['trace', 'common'])
  return (
    <Group gap="sm">
      <CopyButton value={json}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
            onClick={copy}
          >
            {copied ? t('common:copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
      <Button
        variant="default"
        leftSection={<IconDownload size={17} />}
        onClick={() => saveText(name, json, 'application/json')}
      >
        {t('download')}
      </Button>
    </Group>
  )
}
