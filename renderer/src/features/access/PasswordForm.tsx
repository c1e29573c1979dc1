import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { failureOf, failureText } from '../../rpc/failure.ts'
import { notifyDone } from '../../ui/notify.ts'
import { type AccessPerson, useAccessWrites } from './queries.ts'
import { StrengthHint } from './StrengthHint.tsx'
import { knownWeakness, shortest } from './state.ts'

interface PasswordFormProps {
  person: AccessPerson
  /** The signed-in person's own. */
  own: boolean
  onDone(): void
}

/** Sets or changes a password. Their other sessions end, which it says before. */
export function PasswordForm({ person, own, onDone }: PasswordFormProps) {
  const { t } = useTranslation(['access', 'common'])
  const shop = useShop()
  const { setPassword } = useAccessWrites()
  const [current, setCurrent] = useState('')
  const [password, setOwnPassword] = useState('')
  const asksCurrent = own && person.hasPassword
  const failure = setPassword.error === null ? null : failureOf(setPassword.error)
  const weakness = failure?.code === 'access.password_weak' ? knownWeakness(failure.data.reason) : null
  const problem =
    failure === null || failure.code === 'access.wrong_password'
      ? null
      : weakness !== null
        ? t(`weak.${weakness}`)
        : failure.code === 'conflict'
          ? t('sameName')
          : failure.code === 'input.invalid'
            ? t('needsName')
            : failureText(setPassword.error)
  const length = [...password.normalize('NFKC')].length
  const ready = length >= shortest && (!asksCurrent || current !== '')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready || setPassword.isPending) return
        setPassword.mutate(
          { personId: person.id, password, ...(asksCurrent ? { current } : {}) },
          {
            onSuccess: () => {
              notifyDone(own ? t('setOwn') : t('set', { name: person.name }))
              onDone()
            },
          },
        )
      }}
    >
      <Stack>
        {/* Tells password managers whose it is. */}
        <input type="text" autoComplete="username" value={person.name} readOnly hidden />
        {asksCurrent ? (
          <PasswordInput
            label={t('current')}
            autoComplete="current-password"
            data-autofocus
            value={current}
            error={failure?.code === 'access.wrong_password' ? failureText(setPassword.error) : null}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          />
        ) : null}
        <div>
          <PasswordInput
            label={t('new')}
            description={t('newHint', { count: shortest })}
            autoComplete="new-password"
            data-autofocus={asksCurrent ? undefined : true}
            maxLength={200}
            value={password}
            error={problem}
            onChange={(event) => {
              setOwnPassword(event.currentTarget.value)
              setPassword.reset()
            }}
            visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          />
          <StrengthHint password={password} names={[person.name, shop.name]} />
        </div>
        <Text size="sm" c="dimmed">
          {own ? t('endsOwn') : person.hasPassword ? t('endsOthers', { name: person.name }) : t('tellThem')}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={setPassword.isPending} disabled={!ready}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Asks before somebody can no longer sign in. */
export function useAskRemovePassword() {
  const { t } = useTranslation(['access', 'common'])
  const { removePassword } = useAccessWrites()
  const queries = useQueryClient()
  return (person: AccessPerson, own: boolean) =>
    modals.openConfirmModal({
      title: own ? t('removeOwnTitle') : t('removeTitle', { name: person.name }),
      children: <Text size="sm">{own ? t('removeOwnBody') : t('removeBody', { name: person.name })}</Text>,
      labels: { confirm: t('remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        removePassword.mutate(
          { personId: person.id },
          {
            onSuccess: () => {
              notifyDone(own ? t('removedOwn') : t('removed', { name: person.name }))
              // One's own session may have ended with it: the desk then says how to get in again.
              if (own) void queries.invalidateQueries({ queryKey: api.session.me.key() })
            },
          },
        ),
    })
}
