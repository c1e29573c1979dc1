import { Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ExamReport } from '../../../../preload/contract/index.ts'
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
import { compareReports, shareText } from './state.ts'
import { useExamTexts } from './texts.ts'

/** Two exams held against each other, case by case. */
export function CompareView({ before, after }: { before: string; after: string }) {
  const { slug: shop } = useShop()
  const first = useQuery(api.exam.report.queryOptions({ input: { shop, runId: before } }))
  const second = useQuery(api.exam.report.queryOptions({ input: { shop, runId: after } }))
  const error = first.error ?? second.error
  return (
    <Stack gap="lg">
      <Group>
        <BackToExams />
      </Group>
      {error === null ? null : <ErrorNotice error={error} />}
      {error === null && (first.isPending || second.isPending) ? (
        <Skeleton height={240} radius="lg" aria-hidden />
      ) : null}
      {first.data === undefined || second.data === undefined ? null : (
        <Comparing before={first.data} after={second.data} />
      )}
    </Stack>
  )
}

function Comparing({ before, after }: { before: ExamReport; after: ExamReport }) {
  const { t } = useTranslation(['exams', 'common'])
  const shop = useShop()
  const texts = useExamTexts()
  const language = usePreferences((preferences) => preferences.language)
  const found = compareReports(before, after)
  const cost = (report: ExamReport) =>
    report.costMicros === null ? '—' : formatCost(report.costMicros, shop.currency, shop.locale)
  const time = (report: ExamReport) => durationText(report.seconds.p50 * 1000, language)
  const rows: [string, string, string][] = [
    [t('compare.rate'), shareText(found.before, language), shareText(found.after, language)],
    [t('report.wrongFigures'), String(before.wrongFigures), String(after.wrongFigures)],
    [t('report.forbidden'), String(before.forbiddenActions), String(after.forbiddenActions)],
    [t('report.time'), time(before), time(after)],
    [t('report.cost'), cost(before), cost(after)],
    ...found.classes.map((each): [string, string, string] => [
      texts.className(each.class),
      shareText(each.before, language),
      shareText(each.after, language),
    ]),
  ]
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
      <Names title={t('compare.worse')} names={found.worse} />
      <Names title={t('compare.better')} names={found.better} />
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
