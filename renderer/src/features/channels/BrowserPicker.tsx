import { Alert, Button, Group, Loader, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outputs } from '../../../../preload/contract/index.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { BrowserDownloadProgress } from './BrowserDownloadProgress.tsx'
import type { Browsers } from './browsers.ts'
import classes from './Channels.module.css'
import { useBrowserProblem } from './reasons.ts'

type List = Outputs['browsers']['list']

/** Which browser opens WhatsApp: the one that works, another one, or one that is fetched. */
export function BrowserPicker({ browsers }: { browsers: Browsers }) {
  const { t } = useTranslation(['channels', 'common'])
  const [others, setOthers] = useState(false)
  const { list, check, refresh } = browsers
  if (list.error !== null) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
  if (list.data === undefined) return <Looking />
  const { download, canDownload } = list.data
  const running = download.state === 'running'
  const none = isFailure(check.error, 'browser.not_found')
  return (
    <Stack gap="md">
      {check.isFetching ? <Looking /> : null}
      {check.isFetching || check.data === undefined ? null : <Found list={list.data} used={check.data} />}
      {check.isFetching || check.error === null || none ? null : (
        <ErrorNotice error={check.error} onRetry={() => void refresh()} />
      )}
      {none && !check.isFetching && !running ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={20} />}>
          <Text size="sm">{t(canDownload ? 'browser.none' : 'browser.noneNoDownload')}</Text>
        </Alert>
      ) : null}
      <BrowserDownloadProgress browsers={browsers} download={download} />
      {none || !others ? (
        <Group gap="xs">
          {none && canDownload && !running && download.state !== 'failed' ? (
            <DownloadButton browsers={browsers} />
          ) : null}
          {none ? (
            <Button variant="default" loading={check.isFetching} onClick={() => void refresh()}>
              {t('browser.again')}
            </Button>
          ) : null}
          {others ? null : (
            <Button variant="subtle" onClick={() => setOthers(true)}>
              {t('browser.other')}
            </Button>
          )}
        </Group>
      ) : null}
      {others ? <OtherBrowser browsers={browsers} list={list.data} showDownload={!none && !running} /> : null}
    </Stack>
  )
}

function Looking() {
  const { t } = useTranslation(['channels', 'common'])
  return (
    <Group gap="sm" role="status">
      <Loader size="sm" aria-hidden />
      <Text size="sm">{t('browser.looking')}</Text>
    </Group>
  )
}

function Found({ list, used }: { list: List; used: Outputs['browsers']['check'] }) {
  const { t } = useTranslation(['channels', 'common'])
  const known = list.browsers.find(({ path }) => path === used.path)
  return (
    <Alert color="green" icon={<IconCircleCheck size={20} />} role="status">
      <Text size="sm" fw={600}>
        {t('browser.found', { name: known?.name ?? 'Chromium', version: used.version.split('.')[0] })}
      </Text>
      <div className={classes.path}>
        {used.path}
        {known === undefined ? '' : ` · ${t(`browser.source.${known.source}`)}`}
      </div>
    </Alert>
  )
}

function DownloadButton({ browsers, quiet = false }: { browsers: Browsers; quiet?: boolean }) {
  const { t } = useTranslation(['channels', 'common'])
  return (
    <Button
      variant={quiet ? 'default' : 'filled'}
      leftSection={<IconDownload size={17} />}
      loading={browsers.download.isPending}
      onClick={() => browsers.download.mutate({})}
    >
      {t('browser.download')}
    </Button>
  )
}

/** Another one of this computer, any program by its path, or a download. */
function OtherBrowser({
  browsers,
  list,
  showDownload,
}: {
  browsers: Browsers
  list: List
  showDownload: boolean
}) {
  const { t } = useTranslation(['channels', 'common'])
  const { ofError } = useBrowserProblem()
  const [path, setPath] = useState('')
  const { choose } = browsers
  const use = (chosen: string | null) =>
    choose.mutate({ path: chosen }, { onSuccess: () => notifyDone(t('browser.used')) })
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('browser.on')}
        value={list.chosen ?? ''}
        disabled={choose.isPending}
        data={[
          { value: '', label: t('browser.automatic') },
          ...list.browsers.map((each) => ({ value: each.path, label: `${each.name} (${each.path})` })),
          ...(list.chosen === null || list.browsers.some((each) => each.path === list.chosen)
            ? []
            : [{ value: list.chosen, label: list.chosen }]),
        ]}
        onChange={(event) => use(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (path.trim() !== '') use(path.trim())
        }}
      >
        <Group align="flex-start" gap="sm">
          <TextInput
            flex="1 1 240px"
            label={t('browser.path')}
            description={t('browser.pathHelp')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={path}
            spellCheck={false}
            autoComplete="off"
            error={choose.error === null ? null : ofError(choose.error)}
            onChange={(event) => {
              setPath(event.currentTarget.value)
              choose.reset()
            }}
          />
          <Button
            type="submit"
            variant="default"
            mt={{ base: 0, xs: 25 }}
            loading={choose.isPending}
            disabled={path.trim() === ''}
          >
            {t('browser.use')}
          </Button>
        </Group>
      </form>
      {showDownload && list.canDownload ? (
        <Group>
          <DownloadButton browsers={browsers} quiet />
        </Group>
      ) : null}
    </Stack>
  )
}
