import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { screenPath } from '../../app/routes.ts'
import { knownReason } from '../inbox/state.ts'
import type { Call } from './state.ts'

function noticeId(conversationId: string): string {
  return `handover-${conversationId}`
}

export function callText(reason: string): string {
  return i18next.t(`inbox:reason.${knownReason(reason) ?? 'other'}`)
}

/** For a conversation that is being looked at. */
export function hideHandover(conversationId: string): void {
  notifications.hide(noticeId(conversationId))
}

/** In a narrow window a notice covers what is above the screen: it goes by itself after this, ms. */
const narrowMs = 15_000

/** Tells the owner, on whatever screen, that a conversation has come to them. Stays until it is closed or followed. */
export function showHandover(shop: string, { conversationId, reason }: Call): void {
  const id = noticeId(conversationId)
  const path = screenPath(shop, 'conversations', conversationId)
  notifications.show({
    id,
    autoClose: window.matchMedia('(max-width: 48em)').matches ? narrowMs : false,
    title: i18next.t('inbox:handover.title'),
    message: (
      <>
        {callText(reason)}{' '}
        <Anchor href={`#${path}`} size="sm" underline="always" onClick={() => notifications.hide(id)}>
          {i18next.t('inbox:handover.open')}
        </Anchor>
      </>
    ),
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  })
}
