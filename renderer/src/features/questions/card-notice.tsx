import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { ShopEvent } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'

function noticeId(cardId: string): string {
  return `card-${cardId}`
}

/** For a question that is being looked at. */
export function hideCardNotice(cardId: string): void {
  notifications.hide(noticeId(cardId))
}

/** Tells the owner, on whatever screen, that a customer waits for an answer. */
export function noticeCard(shop: string, event: ShopEvent): void {
  if (event.type !== 'card.opened') return
  const path = screenPath(shop, 'questions')
  if (window.location.hash === `#${path}`) return
  const id = noticeId(event.payload.cardId)
  notifications.show({
    id,
    autoClose: 30_000,
    message: (
      <>
        {i18next.t('questions:notice.title')}{' '}
        <Anchor href={`#${path}`} size="sm" underline="always" onClick={() => notifications.hide(id)}>
          {i18next.t('questions:notice.open')}
        </Anchor>
      </>
    ),
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  })
}
