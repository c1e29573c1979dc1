import { Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ShellChanges, ShellState } from '../../../../preload/contract/index.ts'
import { Card } from '../../ui/Card.tsx'
import { useShellWrites } from './queries.ts'

/** When the app runs: from the start of the computer, while it would sleep, and after its window is closed. */
export function RunningCard({ state }: { state: ShellState }) {
  const { t } = useTranslation('computer')
  const { set } = useShellWrites()
  const { startWithComputer } = state
  const choose =
    (change: (on: boolean) => ShellChanges) => (event: { currentTarget: { checked: boolean } }) =>
      set.mutate(change(event.currentTarget.checked))
  return (
    <Card title={t('running.title')}>
      <Stack>
        <Switch
          label={t('running.start')}
          description={t(startWithComputer.supported ? 'running.startHint' : 'running.startUnsupported')}
          checked={startWithComputer.on}
          disabled={!startWithComputer.supported || set.isPending}
          onChange={choose((on) => ({ startWithComputer: on }))}
        />
        <Switch
          label={t('running.awake')}
          description={t('running.awakeHint')}
          checked={state.keepAwake}
          disabled={set.isPending}
          onChange={choose((on) => ({ keepAwake: on }))}
        />
        <Switch
          label={t('running.tray')}
          description={t('running.trayHint')}
          checked={state.closeToTray}
          disabled={set.isPending}
          onChange={choose((on) => ({ closeToTray: on }))}
        />
      </Stack>
    </Card>
  )
}
