import { Switch, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPlayerPauseFilled, IconRobotFace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { notifyDone } from '../../ui/notify.ts'
import classes from './Pause.module.css'
import { usePause } from './queries.ts'

/** Whether the assistant answers at all, in sight on every screen. Pausing asks first; going on does not. */
export function PauseSwitch() {
  const { t } = useTranslation(['serving', 'common'])
  const { state, busy, pause, resume } = usePause()
  const active = state?.paused !== true
  const toggle = () => {
    if (!active) {
      resume(() => notifyDone(t('pause.resumed')))
      return
    }
    modals.openConfirmModal({
      title: t('pause.title'),
      children: <Text size="sm">{t('pause.body')}</Text>,
      labels: { confirm: t('pause.confirm'), cancel: t('common:cancel') },
      onConfirm: () => pause(),
    })
  }
  return (
    <div className={classes.switch} data-active={active}>
      <span className={classes.icon} aria-hidden>
        {active ? <IconRobotFace size={18} stroke={1.8} /> : <IconPlayerPauseFilled size={16} />}
      </span>
      <span className={classes.label} aria-hidden>
        {active ? t('pause.active') : t('pause.paused')}
      </span>
      <span className={classes.short} aria-hidden>
        {active ? t('pause.activeShort') : t('pause.pausedShort')}
      </span>
      <Switch
        size="sm"
        aria-label={t('pause.switch')}
        checked={active}
        disabled={state === undefined || busy}
        onChange={toggle}
      />
    </div>
  )
}
