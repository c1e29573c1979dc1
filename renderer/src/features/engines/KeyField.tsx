import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A service's key: never shown again once it is kept, and nothing for the browser's own store of passwords. */
export function KeyField(props: PasswordInputProps) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <PasswordInput
      autoComplete="new-password"
      spellCheck={false}
      maxLength={500}
      visibilityToggleButtonProps={{ 'aria-label': t('add.showKey') }}
      // The kit marks the frame alone.
      aria-invalid={props.error ? true : undefined}
      {...props}
    />
  )
}
