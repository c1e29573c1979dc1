import { ActionIcon, Menu, Modal, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconUserPlus, IconUserX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationDetail } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { AddPersonForm } from '../team/AddPersonForm.tsx'
import { useMyId, usePeople } from '../team/queries.ts'
import { useConversationWrites } from './queries.ts'
import { initialsOf } from './state.ts'

/** Gives the conversation to somebody of the shop, or to nobody; a clerk who is missing is added on the way. */
export function AssignMenu({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const me = useMyId()
  const people = usePeople().data ?? []
  const { assign } = useConversationWrites()
  const [adding, setAdding] = useState(false)
  const { assignedTo } = conversation
  const holder = people.find(({ id }) => id === assignedTo)
  const label = holder === undefined ? t('assign') : t('assignedTo', { name: holder.name })
  const give = (personId: string | null) =>
    assign.mutate({ shop: shop.slug, conversationId: conversation.id, personId })
  const check = <IconCheck size={16} />
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant={holder === undefined ? 'default' : 'light'}
            color={holder === undefined ? undefined : 'green'}
            size={36}
            title={label}
            loading={assign.isPending}
          >
            {holder === undefined ? (
              <IconUserPlus size={19} />
            ) : (
              <span aria-hidden style={{ fontSize: '0.8rem', fontWeight: 700 }}>
                {initialsOf(holder.name)}
              </span>
            )}
            <VisuallyHidden>{label}</VisuallyHidden>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {people.map((person) => (
            <Menu.Item
              key={person.id}
              rightSection={person.id === assignedTo ? check : null}
              onClick={() => give(person.id)}
            >
              {person.id === me ? t('me', { name: person.name }) : person.name}
            </Menu.Item>
          ))}
          {assignedTo === null ? null : (
            <Menu.Item leftSection={<IconUserX size={16} />} onClick={() => give(null)}>
              {t('assignNobody')}
            </Menu.Item>
          )}
          <Menu.Divider role="separator" />
          <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => setAdding(true)}>
            {t('assignNew')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('assignNew')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <AddPersonForm
          onAdded={(person) => {
            setAdding(false)
            give(person.id)
          }}
        />
      </Modal>
    </>
  )
}
