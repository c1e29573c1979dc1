import { Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../../rpc/client.ts'
import { codeText } from '../../rpc/failure.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import classes from './Settings.module.css'

const icons = { ok: IconCircleCheck, warning: IconAlertTriangle, failed: IconCircleX }

/** The app's own checks of itself, run when asked for. */
export function Health() {
  const { t } = useTranslation(['settings', 'common'])
  const doctor = useQuery(api.system.doctor.queryOptions({ enabled: false, staleTime: 0 }))
  const label = { ok: t('ok'), warning: t('warning'), failed: t('problem') }
  return (
    <Card title={t('health')}>
      <Group justify="space-between">
        <Text c="dimmed">{t('healthLead')}</Text>
        <Button variant="default" loading={doctor.isFetching} onClick={() => void doctor.refetch()}>
          {t('run')}
        </Button>
      </Group>
      {doctor.error === null ? null : <ErrorNotice error={doctor.error} />}
      <div role="status">
        {doctor.data === undefined ? null : (
          <ul className={classes.list}>
            {doctor.data.checks.map((check) => {
              const Icon = icons[check.state]
              return (
                <li
                  key={`${check.shop ?? ''} ${check.id}`}
                  className={classes.check}
                  data-state={check.state}
                >
                  <Icon size={18} aria-hidden />
                  <span>
                    <strong>{checkName(check.id)}</strong>
                    {check.shop === null ? '' : ` · ${check.shop}`}: {label[check.state]}
                    {check.code === null ? '' : `. ${codeText(check.code, check.data)}`}
                  </span>
                </li>
              )
            })}
          </ul>
        )}
      </div>
    </Card>
  )
}

function checkName(id: string): string {
  // Checks come from the host at run time; one without a name shows its id.
  const key = `settings:checks.${id}` as 'settings:checks.shop'
  return i18next.t(key, { defaultValue: id })
}
