import { Anchor, Badge, Button, Group, Text } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CatalogModel } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { bytesText, memoryText } from '../../ui/bytes.ts'
import { DownloadProgress } from './DownloadProgress.tsx'
import { useDownloads } from './downloads.ts'
import classes from './Models.module.css'
import { fitColors, languageNames, phaseOf } from './state.ts'
import { useModelForAnswers } from './use-model.ts'

/** A recommended model: whether it suits this computer, and what can be done with it. */
export function CatalogModelRow({ model }: { model: CatalogModel }) {
  return (
    <li className={classes.model} data-model={model.id}>
      <div className={classes.head}>
        <ModelText model={model} />
        <ModelActions model={model} />
      </div>
      <DownloadProgress model={model} />
    </li>
  )
}

export function ModelText({ model }: { model: CatalogModel }) {
  const { t } = useTranslation(['models', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const facts = [
    model.parameters,
    model.size === null ? null : bytesText(model.size, language),
    t('catalog.memory', { memory: memoryText(model.memory, language) }),
    languageNames(model.languages, language),
  ].filter((fact) => fact !== null && fact !== '')
  return (
    <div className={classes.text}>
      <Group gap={8}>
        <Text fw={650} span>
          {model.name}
        </Text>
        {model.recommended ? (
          <Badge variant="filled" tt="none">
            {t('catalog.recommended')}
          </Badge>
        ) : null}
        <Badge variant="light" color={fitColors[model.fit]} tt="none">
          {t(`fit.${model.fit}`)}
        </Badge>
      </Group>
      <div className={classes.soft}>{facts.join(' · ')}</div>
      <div className={classes.soft}>
        {model.repository} ·{' '}
        <Anchor href={model.licenseUrl} target="_blank" rel="noreferrer" inherit underline="always">
          {t('catalog.license', { license: model.license })}
        </Anchor>
        {model.verified ? '' : ` · ${t('catalog.unverified')}`}
      </div>
    </div>
  )
}

/** Download, hold, go on, give up; and use, once it is here. */
function ModelActions({ model }: { model: CatalogModel }) {
  const { t } = useTranslation(['models', 'common'])
  const downloads = useDownloads()
  const use = useModelForAnswers()
  const { name } = model
  const phase = phaseOf(model)
  if (phase === 'here') {
    return (
      <Button
        loading={use.isPending}
        aria-label={t('use.named', { name })}
        onClick={() => {
          if (model.file !== null) use.mutate({ file: model.file, name })
        }}
      >
        {t('use.button')}
      </Button>
    )
  }
  return <DownloadButtons model={model} downloads={downloads} />
}

export function DownloadButtons({
  model,
  downloads,
}: {
  model: CatalogModel
  downloads: ReturnType<typeof useDownloads>
}) {
  const { t } = useTranslation(['models', 'common'])
  const { id, name } = model
  const phase = phaseOf(model)
  if (phase === 'here' || phase === 'checking') return null
  const begun = phase !== 'absent'
  const runs = phase === 'running' || phase === 'waiting'
  return (
    <Group gap="xs">
      {runs ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={17} />}
          aria-label={t('download.pauseNamed', { name })}
          onClick={() => void downloads.pause(id)}
        >
          {t('download.pause')}
        </Button>
      ) : (
        <Button
          variant={model.recommended && !begun ? 'filled' : 'default'}
          leftSection={begun ? <IconPlayerPlay size={17} /> : <IconDownload size={17} />}
          aria-label={t(begun ? 'download.resumeNamed' : 'download.named', { name })}
          onClick={() => void downloads.start(id)}
        >
          {t(phase === 'failed' ? 'common:retry' : begun ? 'download.resume' : 'download.button')}
        </Button>
      )}
      {begun ? (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={17} />}
          aria-label={t('download.cancelNamed', { name })}
          onClick={() => void downloads.cancel(id)}
        >
          {t('common:cancel')}
        </Button>
      ) : null}
    </Group>
  )
}
