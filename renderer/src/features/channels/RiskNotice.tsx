import { Alert } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import classes from './Channels.module.css'
import { riskColors } from './state.ts'

/** How likely the messenger is to block the account, and why. Nothing when nothing is to be said. */
export function RiskNotice({ risk }: { risk: ChannelAccount['risk'] }) {
  const { t } = useTranslation(['channels', 'common'])
  if (risk.reasons.length === 0) return null
  return (
    <Alert
      mt="md"
      color={riskColors[risk.level]}
      icon={<IconShieldExclamation size={20} />}
      title={t(`risk.level.${risk.level}`)}
      role="group"
      aria-label={t('risk.title')}
    >
      <ul className={classes.less}>
        {risk.reasons.map(({ code, data }) => (
          <li key={code}>{t(`risk.reason.${code}`, data)}</li>
        ))}
      </ul>
    </Alert>
  )
}
