import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CatalogModel } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { codeText } from '../../rpc/failure.ts'
import { bytesText } from '../../ui/bytes.ts'
import { durationText } from '../../ui/duration.ts'
import classes from './Models.module.css'
import { percentOf, phaseOf, remainingMs } from './state.ts'

/** How far a download is, how fast, and why it stopped. */
export function DownloadProgress({ model }: { model: CatalogModel }) {
  const { t } = useTranslation(['models', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { download } = model
  const phase = phaseOf(model)
  if (download === null || phase === 'here' || phase === 'absent') return null
  const left = remainingMs(download)
  const runs = phase === 'running'
  return (
    <div className={classes.progress}>
      <Progress
        value={percentOf(download)}
        animated={runs || phase === 'checking'}
        color={phase === 'failed' ? 'red' : undefined}
        aria-label={t('download.of', { name: model.name })}
        size="lg"
      />
      <div className={classes.bar}>
        <span role="status">
          {phase === 'failed' && download.error !== null
            ? codeText(download.error)
            : t(`download.state.${phase}`)}
        </span>
        <span>
          {download.total === null
            ? bytesText(download.bytes, language)
            : t('download.bytes', {
                done: bytesText(download.bytes, language),
                total: bytesText(download.total, language),
              })}
          {runs && download.speed !== null ? ` · ${bytesText(download.speed, language)}/s` : ''}
          {runs && left !== null ? ` · ${t('download.left', { time: durationText(left, language) })}` : ''}
        </span>
      </div>
    </div>
  )
}
