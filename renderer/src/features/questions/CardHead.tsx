import { Anchor, Badge, Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Card } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { dateTimeText } from '../../ui/time.ts'

/** What was asked, when, and by whom. */
export function CardHead({ card, titleId }: { card: Card; titleId: string }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  return (
    <div>
      <Group gap="xs" mb={6}>
        <Badge size="sm" variant="default" tt="none" fw={550}>
          {t(`kind.${card.kind}`)}
        </Badge>
        <Text size="sm" c="dimmed">
          {t('asked', { at: dateTimeText(card.askedAt, language, shop.timeZone) })}
        </Text>
      </Group>
      <Title order={2} id={titleId} style={{ overflowWrap: 'anywhere' }}>
        {card.question}
      </Title>
      <Group gap="sm" mt={6}>
        {card.waiting.map((waiter) => (
          <Anchor
            key={waiter.conversationId}
            component={Link}
            href={screenPath(shop.slug, 'conversations', waiter.conversationId)}
            size="sm"
            underline="always"
          >
            {t('openConversation', { name: waiter.customer.name || t('unnamed') })}
          </Anchor>
        ))}
      </Group>
    </div>
  )
}
