import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../../preload/contract/index.ts'
import { useIsOwner } from '../../app/me.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { ForgottenCard } from '../access/ForgottenCard.tsx'
import { OwnPasswordCard } from '../access/OwnPasswordCard.tsx'
import { PasswordButton } from '../access/PasswordButton.tsx'
import { type AccessPerson, useAccess } from '../access/queries.ts'
import { SessionsCard } from '../access/SessionsCard.tsx'
import { initialsOf } from '../inbox/state.ts'
import { AddPersonForm } from './AddPersonForm.tsx'
import { OwnName } from './OwnName.tsx'
import { useMyId, usePeople, usePeopleWrites } from './queries.ts'
import classes from './Team.module.css'

/** Who works in the shop and how they sign in. A clerk sees only what is their own. */
export function TeamPart() {
  const { t } = useTranslation('serving')
  const isOwner = useIsOwner()
  const me = useMyId()
  const people = usePeople()
  const access = useAccess()
  const nameOf = (id: string) => people.data?.find((person) => person.id === id)?.name ?? t('team.gone')
  const own = access.data?.people.find(({ id }) => id === me)
  return (
    <Stack gap="lg">
      {isOwner ? (
        <PeopleCard />
      ) : (
        <>
          <Card title={t('team.ownName')}>
            <OwnName />
          </Card>
          {own === undefined ? null : <OwnPasswordCard person={own} />}
        </>
      )}
      <SessionsCard personName={nameOf} />
      {isOwner ? <ForgottenCard /> : null}
    </Stack>
  )
}

/** People to whom conversations can be given, and whether they can sign in. */
function PeopleCard() {
  const { t } = useTranslation('serving')
  const people = usePeople()
  const access = useAccess()
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
            <PersonRow
              key={person.id}
              person={person}
              access={access.data?.people.find(({ id }) => id === person.id)}
            />
          ))}
        </ul>
        <OwnName />
        <AddPersonForm onAdded={(person) => notifyDone(t('team.added', { name: person.name }))} />
      </Stack>
    </Card>
  )
}

function PersonRow({ person, access }: { person: Person; access: AccessPerson | undefined }) {
  const { t } = useTranslation(['serving', 'common'])
  const me = useMyId()
  const { remove } = usePeopleWrites()
  const own = person.id === me
  const askRemove = () =>
    modals.openConfirmModal({
      title: t('team.removeTitle', { name: person.name }),
      children: (
        <Text size="sm">{t(access?.hasPassword === true ? 'team.removeBodySignIn' : 'team.removeBody')}</Text>
      ),
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        remove.mutate(
          { id: person.id },
          { onSuccess: () => notifyDone(t('team.removed', { name: person.name })) },
        ),
    })
  return (
    <li>
      <span className={classes.initials} aria-hidden>
        {initialsOf(person.name)}
      </span>
      <div className={classes.name}>
        <Group gap={6}>
          {person.name}
          {own ? (
            <Badge variant="light" color="green" tt="none">
              {t('team.you')}
            </Badge>
          ) : null}
          {person.role === 'owner' ? (
            <Badge variant="default" tt="none">
              {t('team.owner')}
            </Badge>
          ) : null}
        </Group>
        {access === undefined ? null : (
          <div className={classes.soft}>{t(access.hasPassword ? 'team.hasPassword' : 'team.noPassword')}</div>
        )}
      </div>
      <div className={classes.actions}>
        {access === undefined ? null : <PasswordButton person={{ ...access, name: person.name }} own={own} />}
        {person.role === 'owner' ? null : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('team.remove', { name: person.name })}
            onClick={askRemove}
          >
            {t('common:remove')}
          </Button>
        )}
      </div>
    </li>
  )
}
