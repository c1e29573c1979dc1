import { Accordion, Badge, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import classes from './Import.module.css'

/** Rows listed at once; the rest is counted. */
const shown = 200

export function ImportReportView({ report }: { report: ImportReport }) {
  const { t } = useTranslation(['imports', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const number = new Intl.NumberFormat(language)
  const fieldName = (field: string) => {
    // Fields come from the app at run time; a test holds that each one has a name in both languages.
    const key = `fields.${field}` as 'fields.name'
    return t(key, { defaultValue: field })
  }
  const counts = [
    [t('new'), report.imported],
    [t('updated'), report.updated],
    [t('unchanged'), report.unchanged],
    [t('variants'), report.variants],
    [t('refused'), report.refused.length],
    [t('warned'), report.warned.length],
  ] as const
  return (
    <Stack>
      <SimpleGrid cols={{ base: 3, sm: 6 }} spacing="xs">
        {counts.map(([label, count]) => (
          <div key={label} className={classes.count}>
            <span className={classes.figure}>{number.format(count)}</span>
            <span className={classes.countLabel}>{label}</span>
          </div>
        ))}
      </SimpleGrid>
      <Group gap={6}>
        <Badge variant="light" tt="none">
          {t(`format.${report.format}`)}
        </Badge>
        {Object.entries(report.columns)
          .filter(([, field]) => field !== 'ignored')
          .map(([header, field]) => (
            <Badge key={header} variant="default" tt="none" fw={500}>
              {header} → {fieldName(field)}
            </Badge>
          ))}
      </Group>
      {report.kept.length === 0 ? null : <Text size="sm">{t('kept', { count: report.kept.length })}</Text>}
      {report.refused.length + report.warned.length === 0 ? (
        <Text c="dimmed">{t('noIssues')}</Text>
      ) : (
        <Accordion
          variant="separated"
          multiple
          defaultValue={[
            ...(report.refused.length > 0 ? ['refused'] : []),
            ...(report.warned.length > 0 ? ['warned'] : []),
          ]}
        >
          {(['refused', 'warned'] as const).map((kind) =>
            report[kind].length === 0 ? null : (
              <Accordion.Item key={kind} value={kind}>
                <Accordion.Control>
                  {kind === 'refused' ? t('refusedTitle') : t('warnedTitle')} (
                  {number.format(report[kind].length)})
                </Accordion.Control>
                <Accordion.Panel>
                  <Issues issues={report[kind]} />
                </Accordion.Panel>
              </Accordion.Item>
            ),
          )}
        </Accordion>
      )}
    </Stack>
  )
}

function Issues({ issues }: { issues: ImportReport['refused'] }) {
  const { t } = useTranslation(['imports', 'common'])
  const rest = issues.length - shown
  const text = (issue: ImportReport['refused'][number]) => {
    // Reasons come from the app at run time; a test holds that each one has a text in both languages.
    const key = `reasons.${issue.reason}` as 'reasons.no_name'
    return t(key, { ...issue.data, defaultValue: t('reasons.unknown', { code: issue.reason }) })
  }
  const cell = (issue: ImportReport['refused'][number]) => {
    const value = issue.data.value ?? issue.data.name ?? issue.data.sku
    return value === undefined || value === null ? null : (
      <span className={classes.value}>«{String(value)}»</span>
    )
  }
  return (
    <div className={classes.issues}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={80}>{t('rowHeader')}</Table.Th>
            <Table.Th>{t('reasonHeader')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {issues.slice(0, shown).map((issue, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row may have several issues of one reason; the list never changes
            <Table.Tr key={`${issue.row} ${issue.reason} ${index}`}>
              <Table.Td className="tabular">{issue.row}</Table.Td>
              <Table.Td>
                {text(issue)} {cell(issue)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rest > 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('moreIssues', { count: rest })}
        </Text>
      ) : null}
    </div>
  )
}
