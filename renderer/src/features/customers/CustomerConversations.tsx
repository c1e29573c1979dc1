import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Customer } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Customers.module.css'

/** Where a person writes from, and what was said there. */
export function CustomerConversations({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'inbox', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  return (
    <Section title={t('channels.title')}>
      {customer.conversations.length === 0 && customer.identities.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('channels.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {customer.conversations.map((conversation) => (
            <li key={conversation.id}>
              <Anchor
                component={Link}
                href={screenPath(shop.slug, 'conversations', conversation.id)}
                underline="always"
              >
                {t('channels.open', { channel: t(`inbox:channel.${conversation.kind}`) })}
              </Anchor>
              <span className={classes.soft}>
                {conversation.lastMessageAt === null
                  ? ''
                  : dateTimeText(conversation.lastMessageAt, language, shop.timeZone)}
              </span>
            </li>
          ))}
          {customer.identities.map((identity) => (
            <li key={identity.id}>
              <span className={classes.soft}>
                {[
                  t(`inbox:channel.${identity.kind}`),
                  identity.kind === 'testchat' ? '' : identity.account,
                  identity.displayName,
                  identity.username === null ? '' : `@${identity.username.replace(/^@/, '')}`,
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
