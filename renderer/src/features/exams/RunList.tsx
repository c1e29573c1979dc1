import { Badge, Button, Checkbox, Skeleton, Text } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { ExamRun } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Exams.module.css'
import { intervalText, runColors, shareText } from './state.ts'
import { useExamTexts } from './texts.ts'

/** Exams that were held; two of them can be held against each other. */
export function RunList() {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const [, navigate] = useLocation()
  const runs = useQuery(api.exam.list.queryOptions({ input: { shop } }))
  const [chosen, setChosen] = useState<string[]>([])
  const ended = runs.data?.filter((run) => run.state !== 'running') ?? []
  const compare = () => {
    // The older run is the one to measure against.
    const [after, before] = ended.filter((run) => chosen.includes(run.runId)).map((run) => run.runId)
    if (before !== undefined && after !== undefined)
      navigate(screenPath(shop, 'assistant', `exams/${before}..${after}`))
  }
  return (
    <Card title={t('runs.title')}>
      {runs.error === null ? null : <ErrorNotice error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isPending && runs.error === null ? <Skeleton height={90} aria-hidden /> : null}
      {runs.data !== undefined && ended.length === 0 ? (
        <EmptyState icon={IconSchool} title={t('runs.none.title')} body={t('runs.none.body')} level={3} />
      ) : null}
      {ended.length === 0 ? null : (
        <ul className={classes.rows}>
          {ended.map((run) => (
            <RunRow
              key={run.runId}
              run={run}
              chosen={chosen.includes(run.runId)}
              onChoose={(on) =>
                setChosen((now) =>
                  on ? [...now.slice(-1), run.runId] : now.filter((each) => each !== run.runId),
                )
              }
            />
          ))}
        </ul>
      )}
      {ended.length < 2 ? null : (
        <Button mt="md" variant="default" disabled={chosen.length !== 2} onClick={compare}>
          {t('runs.compare')}
        </Button>
      )}
    </Card>
  )
}

function RunRow({ run, chosen, onChoose }: { run: ExamRun; chosen: boolean; onChoose(on: boolean): void }) {
  const { t } = useTranslation(['exams', 'common'])
  const shop = useShop()
  const texts = useExamTexts()
  const language = usePreferences((preferences) => preferences.language)
  const when = dateTimeText(run.startedAt, language, shop.timeZone)
  const { overall } = run
  return (
    <li className={classes.row}>
      <Checkbox
        aria-label={t('runs.choose', { when })}
        checked={chosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div className={classes.text}>
        <Text fw={600}>
          {texts.engineName(run.engine)}{' '}
          {run.state === 'done' ? null : (
            <Badge variant="light" color={runColors[run.state]} tt="none">
              {t(`state.${run.state}`)}
            </Badge>
          )}
        </Text>
        <div className={classes.soft}>
          {when} ·{' '}
          {t('passed', {
            passed: overall.passed,
            total: overall.total,
          })}
          {overall.total === 0
            ? ''
            : ` · ${shareText(overall.rate, language)} (${intervalText(overall.low, overall.high, language)})`}
          {run.wrongFigures > 0 ? ` · ${t('wrongFigures', { count: run.wrongFigures })}` : ''}
        </div>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        component={Link}
        href={screenPath(shop.slug, 'assistant', `exams/${run.runId}`)}
        aria-label={t('runs.openNamed', { when })}
      >
        {t('runs.open')}
      </Button>
    </li>
  )
}
