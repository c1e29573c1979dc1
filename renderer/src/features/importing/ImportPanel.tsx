import { Alert, Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconCircleCheck, IconFileSpreadsheet, IconFileX, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { inDesktop } from '../../rpc/desktop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ImportReportView } from './ImportReportView.tsx'
import { useImport } from './run.ts'
import { type Progress as ImportProgress, willWrite } from './state.ts'

/** Choose a file, look at how it reads, import it. `onDone` stands below the report of a finished import. */
export function ImportPanel({ onDone }: { onDone: ReactNode }) {
  const { t } = useTranslation(['imports', 'common'])
  const run = useImport(useShop().slug)
  const { state } = run
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (state.phase === 'preview' || state.phase === 'done') heading.current?.focus()
  }, [state.phase])

  switch (state.phase) {
    case 'choose':
      return (
        <Stack>
          {state.failure === null ? null : <ErrorNotice error={state.failure} />}
          <FileZone onFile={run.choose} onDialog={run.chooseWithDialog} />
        </Stack>
      )
    case 'uploading':
      return <Working text={t('uploading', { file: state.fileName })} progress={null} onCancel={run.cancel} />
    case 'checking':
      return (
        <Working
          text={t('checking', { file: state.fileName })}
          progress={state.progress}
          onCancel={run.cancel}
        />
      )
    case 'importing':
      return (
        <Working
          text={t('importing', { file: state.fileName })}
          progress={state.progress}
          onCancel={run.cancel}
        />
      )
    case 'preview': {
      const count = willWrite(state.report)
      return (
        <Stack>
          <Title order={2} ref={heading} tabIndex={-1}>
            {t('previewOf', { file: state.fileName })}
          </Title>
          <ImportReportView report={state.report} />
          {count === 0 ? <Text>{t('nothing')}</Text> : null}
          <Group>
            {count === 0 ? null : (
              <Button onClick={run.confirm} leftSection={<IconUpload size={18} />}>
                {t('confirm', { count })}
              </Button>
            )}
            <Button variant="default" onClick={run.again}>
              {t('another')}
            </Button>
          </Group>
        </Stack>
      )
    }
    case 'done':
      return (
        <Stack>
          <Alert color={state.report.cancelled ? 'yellow' : 'green'} icon={<IconCircleCheck size={20} />}>
            <Title order={2} ref={heading} tabIndex={-1} fz="md">
              {state.report.cancelled ? t('cancelledTitle') : t('doneTitle')}
            </Title>
            <Text size="sm">
              {t('doneBody', {
                imported: state.report.imported,
                updated: state.report.updated,
                unchanged: state.report.unchanged,
              })}{' '}
              {state.report.cancelled ? t('cancelledBody') : ''}
            </Text>
          </Alert>
          <ImportReportView report={state.report} />
          <Group>
            {onDone}
            <Button variant="default" onClick={run.again}>
              {t('another')}
            </Button>
          </Group>
        </Stack>
      )
  }
}

/** A place to drop a file on. In a browser a click chooses one; the desktop app has the system's dialog for that. */
function FileZone({ onFile, onDialog }: { onFile(file: File): void; onDialog(): void }) {
  const { t } = useTranslation(['imports', 'common'])
  const desktop = inDesktop()
  const [rejected, setRejected] = useState(false)
  return (
    <Stack gap="xs">
      <Dropzone
        onDrop={(files) => {
          const file = files[0]
          if (file === undefined) return
          setRejected(false)
          onFile(file)
        }}
        onReject={() => setRejected(true)}
        multiple={false}
        activateOnClick={!desktop}
        activateOnKeyboard={!desktop}
        enablePointerEvents={desktop}
        tabIndex={desktop ? -1 : 0}
        inputProps={{ 'aria-label': t('drop') }}
        p="xl"
      >
        <Stack align="center" gap={6} py="lg">
          <Dropzone.Accept>
            <IconUpload size={40} stroke={1.4} />
          </Dropzone.Accept>
          <Dropzone.Reject>
            <IconFileX size={40} stroke={1.4} />
          </Dropzone.Reject>
          <Dropzone.Idle>
            <IconFileSpreadsheet size={40} stroke={1.4} />
          </Dropzone.Idle>
          <Text fw={600}>{t('drop')}</Text>
          {desktop ? (
            <Button variant="default" mt="xs" onClick={onDialog}>
              {t('chooseButton')}
            </Button>
          ) : (
            <Text c="dimmed" size="sm">
              {t('choose')}
            </Text>
          )}
        </Stack>
      </Dropzone>
      {rejected ? (
        <Text role="alert" size="sm" c="var(--desk-bad-text)">
          {t('rejected')}
        </Text>
      ) : null}
    </Stack>
  )
}

function Working(props: { text: string; progress: ImportProgress | null; onCancel(): void }) {
  const { t } = useTranslation(['imports', 'common'])
  const share = props.progress?.share ?? null
  return (
    <Stack gap="sm">
      <Text role="status" fw={600}>
        {props.text}
      </Text>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null}
        aria-label={props.text}
        size="lg"
      />
      <Group justify="space-between">
        <Text c="dimmed" size="sm" className="tabular">
          {props.progress === null || props.progress.rows === 0
            ? ''
            : t('rows', { count: props.progress.rows })}
        </Text>
        <Button variant="default" size="sm" onClick={props.onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
