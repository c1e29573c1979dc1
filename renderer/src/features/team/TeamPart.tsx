import { Badge, Button, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../../preload/contract/index.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { initialsOf } from '../inbox/state.ts'
import { AddPersonForm } from './AddPersonForm.tsx'
import { OwnName } from './OwnName.tsx'
import { useMyId, usePeople, usePeopleWrites } from './queries.ts'
import classes from './Team.module.css'

/** Who works in the shop, so that conversations can be given to them. */
export function TeamPart() {
  const { t } = useTranslation(['serving', 'common'])
  const people = usePeople()
  const me = useMyId()
  const { remove } = usePeopleWrites()
  const askRemove = (person: Person) =>
    modals.openConfirmModal({
      title: t('team.removeTitle', { name: person.name }),
      children: <Text size="sm">{t('team.removeBody')}</Text>,
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        remove.mutate(
          { id: person.id },
          { onSuccess: () => notifyDone(t('team.removed', { name: person.name })) },
        ),
    })
  return (
    <Card title={t('team.title')}>
      <Stack>
        <Text c="dimmed" size="sm">
          {t('team.lead')}
        </Text>
        {people.error === null ? null : (
          <ErrorNotice error={people.error} onRetry={() => void people.refetch()} />
        )}
        <ul className={classes.people} aria-label={t('team.title')}>
          {people.data?.map((person) => (
            <li key={person.id}>
              <span className={classes.initials} aria-hidden>
                {initialsOf(person.name)}
              </span>
              <span className={classes.name}>{person.name}</span>
              {person.id === me ? (
                <Badge variant="light" color="green" tt="none">
                  {t('team.you')}
                </Badge>
              ) : null}
              {person.role === 'owner' ? (
                <Badge variant="default" tt="none">
                  {t('team.owner')}
                </Badge>
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('team.remove', { name: person.name })}
                  onClick={() => askRemove(person)}
                >
                  {t('common:remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <OwnName />
        <AddPersonForm onAdded={(person) => notifyDone(t('team.added', { name: person.name }))} />
      </Stack>
    </Card>
  )
}
