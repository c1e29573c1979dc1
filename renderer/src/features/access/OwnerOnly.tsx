import { Alert, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsOwner } from '../../app/me.ts'
import { api } from '../../rpc/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './Access.module.css'

/** A screen that is the owner's. A clerk who comes to its address reads whom to ask. */
export function OwnerOnly({ children }: { children: ReactNode }) {
  const isOwner = useIsOwner()
  return isOwner ? children : <AskOwner />
}

function AskOwner() {
  const { t } = useTranslation('access')
  const body = useAskText()
  return <EmptyState icon={IconLock} title={t('ownerOnly.title')} body={body} level={1} />
}

/** What everybody may read and only the owner may change: a clerk sees it switched off, with whom to ask. */
export function OwnerEdits({ children }: { children: ReactNode }) {
  const isOwner = useIsOwner()
  return isOwner ? children : <ReadOnly>{children}</ReadOnly>
}

function ReadOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation('access')
  const body = useAskText()
  return (
    <>
      <Alert color="yellow" icon={<IconLock size={20} />} title={t('ownerOnly.title')} mb="lg">
        <Text size="sm">{body}</Text>
      </Alert>
      <fieldset disabled className={classes.readOnly}>
        {children}
      </fieldset>
    </>
  )
}

function useAskText(): string {
  const { t } = useTranslation('access')
  const people = useQuery(api.session.people.queryOptions())
  const owner = people.data?.find(({ role }) => role === 'owner')?.name ?? ''
  return owner === '' ? t('ownerOnly.bodyNobody') : t('ownerOnly.body', { owner })
}
