import { ActionIcon, Anchor, Badge, Button, Group, Select, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Customer, Preference } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import classes from './Customers.module.css'
import { useCustomerWrites } from './queries.ts'

const topics = ['size', 'allergy', 'delivery', 'taste', 'other'] as const

/** What the agent remembers of a person, where it learnt it, and how to make it forget. */
export function CustomerPreferences({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'common'])
  return (
    <Section title={t('preferences.title')}>
      {customer.preferences.length === 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          {t('preferences.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {customer.preferences.map((preference) => (
            <Remembered key={preference.id} customer={customer} preference={preference} />
          ))}
        </ul>
      )}
      <AddPreference customer={customer} />
    </Section>
  )
}

function Remembered({ customer, preference }: { customer: Customer; preference: Preference }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const { removePreference } = useCustomerWrites()
  const forget = () =>
    removePreference.mutate(
      { shop: shop.slug, customerId: customer.id, preferenceId: preference.id },
      {
        onSuccess: () => notifyDone(t('preferences.removed')),
        onError: (error) => notifyFailure(error),
      },
    )
  const { source, text } = preference
  return (
    <li>
      <span className={classes.wrap}>
        <Badge size="sm" variant="default" tt="none" fw={550} mr={6}>
          {t(`preferences.topics.${preference.topic}`)}
        </Badge>
        {text}
        {source === null ? (
          <span className={classes.soft}>{t('preferences.byHand')}</span>
        ) : (
          <Anchor
            component={Link}
            href={screenPath(shop.slug, 'conversations', source.conversationId)}
            className={classes.soft}
            underline="always"
          >
            {t('preferences.source', { text: source.text })}
          </Anchor>
        )}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('preferences.remove', { text })}
        loading={removePreference.isPending}
        onClick={() =>
          modals.openConfirmModal({
            title: t('preferences.removeTitle'),
            children: <Text size="sm">{text}</Text>,
            labels: { confirm: t('preferences.removeConfirm'), cancel: t('common:cancel') },
            confirmProps: { color: 'red' },
            onConfirm: forget,
          })
        }
      >
        <IconX size={17} />
      </ActionIcon>
    </li>
  )
}

function AddPreference({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const { addPreference } = useCustomerWrites()
  const [topic, setTopic] = useState<(typeof topics)[number]>('other')
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === '') return
        addPreference.mutate(
          { shop: shop.slug, customerId: customer.id, topic, text: text.trim() },
          {
            onSuccess: () => {
              setText('')
              notifyDone(t('preferences.added'))
            },
            onError: (error) => notifyFailure(error),
          },
        )
      }}
    >
      <Group align="flex-end" gap="xs" mt="md">
        <Select
          label={t('preferences.topic')}
          w={130}
          allowDeselect={false}
          data={topics.map((each) => ({ value: each, label: t(`preferences.topics.${each}`) }))}
          value={topic}
          onChange={(value) => setTopic(topics.find((each) => each === value) ?? 'other')}
        />
        <TextInput
          label={t('preferences.text')}
          flex="1 1 180px"
          maxLength={300}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={addPreference.isPending}
          disabled={text.trim() === ''}
        >
          {t('preferences.add')}
        </Button>
      </Group>
    </form>
  )
}
