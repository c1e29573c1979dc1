import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, client } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import classes from './Computer.module.css'
import { useShellWrites } from './queries.ts'

/** What to give to somebody who helps: shown before it is copied. */
export function DiagnosticsCard({ desktop }: { desktop: boolean }) {
  const { t } = useTranslation(['computer', 'common'])
  const report = useQuery(api.shell.diagnostics.queryOptions({ enabled: false, staleTime: 0, gcTime: 0 }))
  const { openLogs } = useShellWrites()
  const shown = useRef<HTMLTextAreaElement>(null)
  const [byHand, setByHand] = useState(false)
  const text = report.data?.text
  const copy = async () => {
    if (text === undefined) return
    if (desktop) {
      try {
        await client.shell.copyDiagnostics()
        notifyDone(t('common:copied'))
      } catch (error) {
        notifyFailure(error)
      }
      return
    }
    try {
      await navigator.clipboard.writeText(text)
      notifyDone(t('common:copied'))
    } catch {
      // No clipboard here: the reader copies what is selected.
      setByHand(true)
      shown.current?.focus()
      shown.current?.select()
    }
  }
  return (
    <Card title={t('diagnostics.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('diagnostics.lead')}
        </Text>
        {report.error === null ? null : <ErrorNotice error={report.error} />}
        {text === undefined ? null : (
          <Textarea
            ref={shown}
            className={classes.diagnostics}
            label={t('diagnostics.text')}
            readOnly
            value={text}
            rows={12}
          />
        )}
        {byHand ? (
          <Text size="sm" role="alert">
            {t('diagnostics.byHand')}
          </Text>
        ) : null}
        <Group gap="sm">
          {text === undefined ? (
            <Button variant="default" loading={report.isFetching} onClick={() => void report.refetch()}>
              {t('diagnostics.show')}
            </Button>
          ) : (
            <Button onClick={() => void copy()}>{t('diagnostics.copy')}</Button>
          )}
          {desktop ? (
            <Button variant="default" loading={openLogs.isPending} onClick={() => openLogs.mutate(undefined)}>
              {t('diagnostics.logs')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Card>
  )
}
