import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Access.module.css'
import { shortest, strengthOf } from './state.ts'

const shown = {
  short: { value: 12, color: 'red' },
  weak: { value: 34, color: 'red' },
  fair: { value: 67, color: 'yellow' },
  good: { value: 100, color: 'green' },
} as const

/** How hard the typed password is to guess, in a bar and in words. */
export function StrengthHint({ password, names }: { password: string; names: readonly string[] }) {
  const { t } = useTranslation('access')
  const strength = password === '' ? null : strengthOf(password, names)
  return (
    <div role="status">
      {strength === null ? null : (
        <div className={classes.strength}>
          <Progress aria-hidden value={shown[strength].value} color={shown[strength].color} />
          <span>
            {strength === 'short'
              ? t('strength.short', { count: shortest - [...password.normalize('NFKC')].length })
              : t(`strength.${strength}`)}
          </span>
        </div>
      )}
    </div>
  )
}
