import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Trouble } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { Card } from '../../ui/Card.tsx'
import { durationText } from '../../ui/duration.ts'
import { useMoments } from '../../ui/moment.ts'
import classes from './Computer.module.css'
import { downFor } from './state.ts'

/** What stopped and was started again by itself: part, how, when, and after how long it ran. */
export function TroublesCard({ troubles }: { troubles: readonly Trouble[] }) {
  const { t } = useTranslation('computer')
  return (
    <Card title={t('troubles.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('troubles.lead')}
      </Text>
      {troubles.length === 0 ? (
        <Text size="sm">{t('troubles.none')}</Text>
      ) : (
        <ul className={classes.troubles} aria-label={t('troubles.title')}>
          {troubles.map((trouble) => (
            <OneTrouble key={trouble.id} trouble={trouble} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function OneTrouble({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation('computer')
  const moments = useMoments()
  const language = usePreferences((preferences) => preferences.language)
  const took = downFor(trouble)
  const Icon = took === null ? IconAlertTriangle : IconCircleCheck
  return (
    <li data-open={took === null}>
      <Icon size={18} aria-hidden />
      <div>
        <div>{t(`troubles.what.${trouble.reason}`, { part: t(`parts.${trouble.part}`) })}</div>
        <div className={classes.soft}>
          {t('troubles.when', { at: moments.at(trouble.at) })}{' '}
          {took === null ? t('troubles.open') : t('troubles.healed', { time: durationText(took, language) })}
        </div>
      </div>
    </li>
  )
}
