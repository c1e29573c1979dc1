import { ActionIcon, Anchor, Group, Text } from '@mantine/core'
import { IconBellRinging, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { knownReason } from '../inbox/state.ts'
import classes from './Calls.module.css'
import { useCallStore } from './store.ts'

/**
 * Above every screen, where it covers nothing: a conversation has come to a person. The newest one stands there until it
 * is closed or followed; then the one before.
 */
export function CallBanner() {
  const { t } = useTranslation(['inbox', 'common'])
  const { slug } = useShop()
  const { shown, hide } = useCallStore()
  const own = shown.filter(({ shop }) => shop === slug)
  const [newest] = own
  if (newest === undefined) return null
  const { conversationId, reason } = newest
  return (
    <Group
      key={conversationId}
      className={classes.banner}
      role="alert"
      gap="sm"
      wrap="nowrap"
      align="flex-start"
    >
      <IconBellRinging size={18} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Text size="sm" flex={1}>
        <strong>{t('handover.title')}.</strong> {t(`reason.${knownReason(reason) ?? 'other'}`)}{' '}
        <Anchor
          component={Link}
          href={screenPath(slug, 'conversations', conversationId)}
          inherit
          underline="always"
        >
          {t('handover.open')}
        </Anchor>
        {own.length > 1 ? ` ${t('handover.more', { count: own.length - 1 })}` : ''}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('common:close')}
        onClick={() => hide(conversationId)}
      >
        <IconX size={16} />
      </ActionIcon>
    </Group>
  )
}
