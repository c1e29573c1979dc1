import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { ShopEvent } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { knownReason } from './state.ts'

/** Tells the owner, on whatever screen, that a conversation has come to them. Stays until it is closed or followed. */
export function noticeHandover(shop: string, event: ShopEvent): void {
  if (event.type !== 'handover.requested') return
  const { conversationId, reason } = event.payload
  const path = screenPath(shop, 'conversations', conversationId)
  if (window.location.hash === `#${path}`) return
  const id = `handover-${conversationId}`
  notifications.show({
    id,
    autoClose: false,
    title: i18next.t('inbox:handover.title'),
    message: (
      <>
        {i18next.t(`inbox:reason.${knownReason(reason) ?? 'other'}`)}{' '}
        <Anchor href={`#${path}`} size="sm" underline="always" onClick={() => notifications.hide(id)}>
          {i18next.t('inbox:handover.open')}
        </Anchor>
      </>
    ),
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  })
}
