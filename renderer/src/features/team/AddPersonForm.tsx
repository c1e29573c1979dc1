import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../../preload/contract/index.ts'
import { usePeopleWrites } from './queries.ts'

/** A clerk's name is all that is needed: conversations can be given to them, they don't sign in. */
export function AddPersonForm({ onAdded }: { onAdded(person: Person): void }) {
  const { t } = useTranslation(['serving', 'common'])
  const { add } = usePeopleWrites()
  const [name, setName] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '' || add.isPending) return
        add.mutate(
          { name: name.trim() },
          {
            onSuccess: (person) => {
              setName('')
              onAdded(person)
            },
          },
        )
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          flex="1 1 180px"
          data-autofocus
          label={t('team.newName')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
          {t('common:add')}
        </Button>
      </Group>
    </form>
  )
}
