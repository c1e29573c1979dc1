import { Accordion, Badge, Group, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExamReport } from '../../../../preload/contract/index.ts'
import { Card } from '../../ui/Card.tsx'
import classes from './Exams.module.css'
import { reasonText } from './reasons.ts'
import { useExamTexts } from './texts.ts'

type Result = ExamReport['cases'][number]

/** Cases with their talk: those that failed first, all of them when asked for. */
export function ReportCases({ cases }: { cases: readonly Result[] }) {
  const { t } = useTranslation(['exams', 'common'])
  const texts = useExamTexts()
  const failed = cases.filter((item) => !item.passed)
  const [all, setAll] = useState(false)
  const shown = all ? cases : failed
  return (
    <Card title={t('cases.title')}>
      <SegmentedControl
        mb="md"
        aria-label={t('cases.title')}
        value={all ? 'all' : 'failed'}
        onChange={(value) => setAll(value === 'all')}
        data={[
          { value: 'failed', label: t('cases.failed', { count: failed.length }) },
          { value: 'all', label: t('cases.all', { count: cases.length }) },
        ]}
      />
      {shown.length === 0 ? <Text c="dimmed">{t('cases.none')}</Text> : null}
      <Accordion variant="separated" multiple>
        {shown.map((item, index) => (
          // The value becomes an id in the page: no place for the words of a name.
          <Accordion.Item key={`${item.class}/${item.name}`} value={String(index)}>
            <Accordion.Control>
              <Group gap={8}>
                <Text span fw={550} style={{ overflowWrap: 'anywhere' }}>
                  {item.name}
                </Text>
                <Badge variant="light" color={item.passed ? 'green' : 'red'} tt="none">
                  {item.passed ? t('cases.good') : t('cases.bad')}
                </Badge>
                <Text span size="sm" c="dimmed">
                  {texts.className(item.class)}
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Talk item={item} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  )
}

function Talk({ item }: { item: Result }) {
  const { t } = useTranslation(['exams', 'common'])
  return (
    <>
      {item.reasons.length === 0 ? null : (
        <ul>
          {item.reasons.map((reason) => (
            <li key={reason}>{reasonText(reason)}</li>
          ))}
        </ul>
      )}
      <div className={classes.talk}>
        {item.turns.map((turn, index) => [
          // biome-ignore lint/suspicious/noArrayIndexKey: turns have no id but their place, and never move
          <div key={`${index}.c`} className={classes.said} data-who="customer">
            <span className="visually-hidden">{t('cases.customer')}: </span>
            {turn.customer}
          </div>,
          // biome-ignore lint/suspicious/noArrayIndexKey: turns have no id but their place, and never move
          <div key={`${index}.a`} className={classes.said} data-who="answer">
            <span className="visually-hidden">{t('cases.answer')}: </span>
            {turn.answer}
            {turn.refused > 0 ? (
              <Text size="xs" c="dimmed">
                {t('cases.refused', { count: turn.refused })}
              </Text>
            ) : null}
          </div>,
        ])}
      </div>
    </>
  )
}
