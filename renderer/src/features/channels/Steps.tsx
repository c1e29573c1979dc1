import { useTranslation } from 'react-i18next'
import classes from './Channels.module.css'

const names = ['risk', 'browser', 'scan', 'done'] as const

/** Where the owner is on the way to a connected WhatsApp. */
export function Steps({ current }: { current: 1 | 2 | 3 | 4 }) {
  const { t } = useTranslation(['channels', 'common'])
  return (
    <ol className={classes.steps} aria-label={t('whatsapp.step', { step: current })}>
      {names.map((name, index) => (
        <li key={name} aria-current={index + 1 === current ? 'step' : undefined}>
          <span className={classes.number}>{index + 1}</span>
          {t(`whatsapp.steps.${name}`)}
        </li>
      ))}
    </ol>
  )
}
