import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsOwner } from '../../app/me.ts'
import { PasswordForm, useAskRemovePassword } from './PasswordForm.tsx'
import type { AccessPerson } from './queries.ts'

/** Opens what can be done about a person's password. */
export function PasswordButton({ person, own }: { person: AccessPerson; own: boolean }) {
  const { t } = useTranslation(['access', 'common'])
  const [opened, setOpened] = useState(false)
  const askRemove = useAskRemovePassword()
  const isOwner = useIsOwner()
  const close = () => setOpened(false)
  const change = person.hasPassword
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t(change ? 'changeOf' : 'setFor', { name: person.name })}
        onClick={() => setOpened(true)}
      >
        {t(change ? 'change' : 'setOne')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={own ? t('ownTitle') : t('formTitle', { name: person.name })}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <PasswordForm person={person} own={own} onDone={close} />
        {change && isOwner ? (
          <Group mt="md">
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              onClick={() => {
                close()
                askRemove(person, own)
              }}
            >
              {t('remove')}
            </Button>
          </Group>
        ) : null}
      </Modal>
    </>
  )
}
