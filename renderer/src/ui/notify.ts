import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { failureText } from '../rpc/failure.ts'

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 3500, closeButtonProps: closing() })
}

/** Errors stay until they are closed. */
export function notifyFailure(error: unknown): void {
  notifications.show({
    message: failureText(error),
    color: 'red',
    autoClose: 12_000,
    closeButtonProps: closing(),
  })
}

function closing(): { 'aria-label': string } {
  return { 'aria-label': i18next.t('common:close') }
}
