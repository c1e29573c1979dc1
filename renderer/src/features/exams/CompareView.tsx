import { Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ExamComparison, ExamReport } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Exams.module.css'
import { BackToExams } from './ReportView.tsx'
import { CHANCE, shareText } from './state.ts'
import { useExamTexts } from './texts.ts'

/** Two exams held against each other, case by case. */
export function CompareView({ before, after }: { before: string; after: string }) {
  const { slug: shop } = useShop()
  const first = useQuery(api.exam.report.queryOptions({ input: { shop, runId: before } }))
  const second = useQuery(api.exam.report.queryOptions({ input: { shop, runId: after } }))
  const comparison = useQuery(
    api.exam.compare.queryOptions({ input: { shop, baseRunId: before, runId: after } }),
  )
  const error = first.error ?? second.error ?? comparison.error
  return (
    <Stack gap="lg">
      <Group>
        <BackToExams />
      </Group>
      {error === null ? null : <ErrorNotice error={error} />}
      {error === null && (first.isPending || second.isPending || comparison.isPending) ? (
        <Skeleton height={240} radius="lg" aria-hidden />
      ) : null}
      {first.data === undefined || second.data === undefined || comparison.data === undefined ? null : (
        <Comparing before={first.data} after={second.data} found={comparison.data} />
      )}
    </Stack>
  )
}

interface ComparingProps {
  before: ExamReport
  after: ExamReport
  found: ExamComparison
}

function Comparing({ before, after, found }: ComparingProps) {
  const { t } = useTranslation(['exams', 'common'])
  const shop = useShop()
  const texts = useExamTexts()
  const language = usePreferences((preferences) => preferences.language)
  const cost = (report: ExamReport) =>
    report.costMicros === null ? '—' : formatCost(report.costMicros, shop.currency, shop.locale)
  const time = (report: ExamReport) => durationText(report.seconds.p50 * 1000, language)
  const rows: [string, string, string][] = [
    [t('compare.rate'), shareText(found.baseRate, language), shareText(found.rate, language)],
    [t('report.wrongFigures'), String(before.wrongFigures), String(after.wrongFigures)],
    [t('report.forbidden'), String(before.forbiddenActions), String(after.forbiddenActions)],
    [t('report.time'), time(before), time(after)],
    [t('report.cost'), cost(before), cost(after)],
    ...found.classes.map((each): [string, string, string] => [
      texts.className(each.class),
      shareText(each.baseRate, language),
      shareText(each.rate, language),
    ]),
  ]
  const points = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(
      value * 100,
    )
  const verdict = t(
    found.p >= CHANCE ? 'compare.even' : found.difference > 0 ? 'compare.isBetter' : 'compare.isWorse',
    { points: points(found.difference), low: points(found.low), high: points(found.high) },
  )
  const head = (report: ExamReport) => (
    <Link href={screenPath(shop.slug, 'assistant', `exams/${report.runId}`)}>
      {texts.engineName(report.engine)}
      <br />
      {dateTimeText(report.startedAt, language, shop.timeZone)}
    </Link>
  )
  return (
    <>
      <Card title={t('compare.title')}>
        <Text c="dimmed" size="sm" mb="md">
          {t('compare.lead', { count: found.cases })}
        </Text>
        <Text mb="md">{verdict}</Text>
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <td />
                <th scope="col">{head(before)}</th>
                <th scope="col">{head(after)}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([label, one, two]) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{one}</td>
                  <td>{two}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      <Names title={t('compare.worse')} names={found.regressions} />
      <Names title={t('compare.better')} names={found.improvements} />
    </>
  )
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const { t } = useTranslation(['exams', 'common'])
  return (
    <Card title={`${title} (${names.length})`}>
      {names.length === 0 ? (
        <Text c="dimmed">{t('compare.none')}</Text>
      ) : (
        <ul>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}
