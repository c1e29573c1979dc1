import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconAlertTriangle, IconDownload, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CudaStatus } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { codeText } from '../../rpc/failure.ts'
import { bytesText } from '../../ui/bytes.ts'
import { Card } from '../../ui/Card.tsx'
import { type Cuda, isUnderway, useCuda } from './cuda.ts'
import classes from './Models.module.css'

/** The faster build for NVIDIA cards: nothing where there is none to offer. */
export function CudaCard() {
  const { t } = useTranslation('cuda')
  const language = usePreferences((preferences) => preferences.language)
  const cuda = useCuda()
  const { status } = cuda
  if (status === undefined || !status.offered) return null
  const size = bytesText(status.size, language)
  const disk = bytesText(status.diskSize, language)
  return (
    <Card title={t('title')}>
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {t('lead', { size, disk })}
        </Text>
        {status.runtime ? null : <Warning text={t('runtime')} />}
        {status.trouble === null ? null : (
          <Warning text={t(status.trouble === 'died' ? 'died' : 'notLoaded')} />
        )}
        <State status={status} />
        <Actions cuda={cuda} status={status} />
      </Stack>
    </Card>
  )
}

function Warning({ text }: { text: string }) {
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} />}>
      <Text size="sm">{text}</Text>
    </Alert>
  )
}

/** One line, or how far it is. */
function State({ status }: { status: CudaStatus }) {
  const { t } = useTranslation('cuda')
  const language = usePreferences((preferences) => preferences.language)
  const problem = useProblem()
  const { step, bytes, speed, error } = status.progress
  if (status.installed) {
    if (status.trouble !== null) return null
    return (
      <Text size="sm" role="status">
        {t(status.inUse ? 'inUse' : 'installed')}
      </Text>
    )
  }
  if (error !== null) {
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} />} role="alert">
        <Text size="sm">{problem(error, status)}</Text>
      </Alert>
    )
  }
  if (step === 'none' || step === 'failed')
    return status.outdated ? <Text size="sm">{t('outdated')}</Text> : null
  return (
    <div>
      <Progress
        size="lg"
        animated={isUnderway(status)}
        value={step === 'unpacking' ? 100 : (bytes * 100) / status.size}
        aria-label={t('progress')}
      />
      <div className={classes.bar}>
        <span role="status">{t(`step.${step}`)}</span>
        <span>
          {t('bytes', { done: bytesText(bytes, language), total: bytesText(status.size, language) })}
          {speed === null ? '' : ` · ${bytesText(speed, language)}/s`}
        </span>
      </div>
    </div>
  )
}

function Actions({ cuda, status }: { cuda: Cuda; status: CudaStatus }) {
  const { t } = useTranslation(['cuda', 'common'])
  const { installed, trouble, progress } = status
  const askRemove = () =>
    modals.openConfirmModal({
      title: t('removeTitle'),
      children: <Text size="sm">{t('removeBody')}</Text>,
      labels: { confirm: t('remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => cuda.remove.mutate({}),
    })
  if (installed) {
    return (
      <Group gap="xs">
        {trouble === null ? null : (
          <Button loading={cuda.retry.isPending} onClick={() => cuda.retry.mutate({})}>
            {t('again')}
          </Button>
        )}
        <Button variant="default" loading={cuda.remove.isPending} onClick={askRemove}>
          {t('remove')}
        </Button>
      </Group>
    )
  }
  const begun = progress.bytes > 0 || isUnderway(status)
  return (
    <Group gap="xs">
      {isUnderway(status) ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={17} />}
          disabled={progress.step === 'unpacking'}
          loading={cuda.pause.isPending}
          onClick={() => cuda.pause.mutate({})}
        >
          {t('pause')}
        </Button>
      ) : (
        <Button
          variant={begun ? 'default' : 'filled'}
          leftSection={begun ? <IconPlayerPlay size={17} /> : <IconDownload size={17} />}
          onClick={() => void cuda.install()}
        >
          {t(begun ? 'resume' : 'download')}
        </Button>
      )}
      {begun ? (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={17} />}
          loading={cuda.cancel.isPending}
          onClick={() => cuda.cancel.mutate({})}
        >
          {t('common:cancel')}
        </Button>
      ) : null}
    </Group>
  )
}

/** Why it failed and what to do, of a build and not of a model. */
function useProblem(): (code: string, status: CudaStatus) => string {
  const { t } = useTranslation('cuda')
  const language = usePreferences((preferences) => preferences.language)
  return (code, { size, diskSize }) => {
    if (code === 'model.no_space')
      return t('error.no_space', { needed: bytesText(size + diskSize, language) })
    if (code === 'model.unreachable') return t('error.unreachable')
    if (code === 'model.checksum') return t('error.checksum')
    return code === 'model.download_running' ? t('error.running') : codeText(code)
  }
}
