import { Badge, Button, Group, Progress, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ExamReport } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { saveText } from '../../rpc/download.ts'
import { Card } from '../../ui/Card.tsx'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Exams.module.css'
import { ReportCases } from './ReportCases.tsx'
import { intervalText, runColors, shareText } from './state.ts'
import { useExamTexts } from './texts.ts'

/** What came of one exam. */
export function ReportView({ runId }: { runId: string }) {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const report = useQuery(api.exam.report.queryOptions({ input: { shop, runId } }))
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <BackToExams />
        {report.data === undefined ? null : (
          <Button
            variant="default"
            onClick={() =>
              saveText(`exam-${runId}.json`, JSON.stringify(report.data, null, 2), 'application/json')
            }
          >
            {t('report.download')}
          </Button>
        )}
      </Group>
      {report.error === null ? null : (
        <ErrorNotice error={report.error} onRetry={() => void report.refetch()} />
      )}
      {report.isPending && report.error === null ? <Skeleton height={280} radius="lg" aria-hidden /> : null}
      {report.data === undefined ? null : (
        <>
          <Overview report={report.data} />
          <ByClass report={report.data} />
          <ReportCases cases={report.data.cases} />
        </>
      )}
    </Stack>
  )
}

export function BackToExams() {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  return (
    <Button variant="default" component={Link} href={screenPath(shop, 'assistant', 'exams')}>
      {t('report.back')}
    </Button>
  )
}

function Overview({ report }: { report: ExamReport }) {
  const { t } = useTranslation(['exams', 'common'])
  const shop = useShop()
  const texts = useExamTexts()
  const language = usePreferences((preferences) => preferences.language)
  const { overall, steps, seconds } = report
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const facts: ([string, string] | null)[] = [
    [
      t('report.rate'),
      overall.total === 0
        ? '—'
        : `${shareText(overall.rate, language)} (${intervalText(overall.low, overall.high, language)})`,
    ],
    [t('report.cases'), t('passed', { passed: overall.passed, total: overall.total })],
    [t('report.wrongFigures'), number.format(report.wrongFigures)],
    [t('report.forbidden'), number.format(report.forbiddenActions)],
    [t('report.refused'), number.format(report.refusedDrafts)],
    [t('report.fallbacks'), number.format(report.fallbacks)],
    [t('report.steps'), t('report.stepsValue', { mean: number.format(steps.mean), most: steps.most })],
    [
      t('report.time'),
      t('report.timeValue', {
        usual: durationText(seconds.p50 * 1000, language),
        slow: durationText(seconds.p95 * 1000, language),
      }),
    ],
    report.costMicros === null
      ? null
      : [t('report.cost'), formatCost(report.costMicros, shop.currency, shop.locale)],
    report.engine.promptVersion === null ? null : [t('report.prompt'), report.engine.promptVersion],
  ]
  return (
    <Card>
      <Group gap={10} mb={4}>
        <Title order={2}>{texts.engineName(report.engine)}</Title>
        <Badge variant="light" color={runColors[report.state]} tt="none">
          {t(`state.${report.state}`)}
        </Badge>
      </Group>
      <Text c="dimmed" size="sm" mb="md">
        {dateTimeText(report.startedAt, language, shop.timeZone)}
      </Text>
      {typeof report.failure === 'string' ? (
        <Text mb="md" c="var(--desk-bad-text)">
          {t('report.failure', { code: report.failure })}
        </Text>
      ) : null}
      <Facts facts={facts} look="tiles" />
    </Card>
  )
}

function ByClass({ report }: { report: ExamReport }) {
  const { t } = useTranslation(['exams', 'common'])
  const texts = useExamTexts()
  const language = usePreferences((preferences) => preferences.language)
  if (report.classes.length === 0) return null
  return (
    <Card title={t('report.byClass')}>
      <ul className={classes.rows}>
        {report.classes.map((each) => {
          const name = texts.className(each.class)
          return (
            <li key={each.class} className={classes.class}>
              <span>{name}</span>
              <Progress
                value={each.rate * 100}
                color={each.rate >= 0.9 ? 'green' : each.rate >= 0.6 ? 'yellow' : 'red'}
                aria-label={name}
              />
              <span className={classes.figures}>
                {each.passed}/{each.total} · {intervalText(each.low, each.high, language)}
              </span>
            </li>
          )
        })}
      </ul>
      <Text size="sm" c="dimmed" mt="md">
        {t('report.interval')}
      </Text>
    </Card>
  )
}
