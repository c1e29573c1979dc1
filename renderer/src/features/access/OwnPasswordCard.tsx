import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { PasswordButton } from './PasswordButton.tsx'
import type { AccessPerson } from './queries.ts'

/** What a clerk can do about how they sign in. */
export function OwnPasswordCard({ person }: { person: AccessPerson }) {
  const { t } = useTranslation('access')
  return (
    <Card title={t('ownTitle')}>
      <Stack>
        <Group justify="space-between" gap="sm">
          <Text size="sm">{t(person.hasPassword ? 'ownHas' : 'ownNone')}</Text>
          <PasswordButton person={person} own />
        </Group>
        <Text size="sm" c="dimmed">
          {t('forgottenClerk')}
        </Text>
      </Stack>
    </Card>
  )
}
