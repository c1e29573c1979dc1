import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'

/** What the others see beside what the signed-in person writes. */
export function OwnName() {
  const { t } = useTranslation(['serving', 'common'])
  const queries = useQueryClient()
  const me = useQuery(api.session.me.queryOptions())
  const before = me.data?.person?.name ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const update = useMutation(
    api.session.update.mutationOptions({
      onSuccess: () => {
        setTyped(null)
        notifyDone(t('team.renamed'))
      },
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.session.key() }),
    }),
  )
  const name = (typed ?? before).trim()
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '' && name !== before) update.mutate({ name })
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          flex="1 1 180px"
          label={t('team.ownName')}
          maxLength={80}
          value={typed ?? before}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={update.isPending}
          disabled={name === '' || name === before}
        >
          {t('common:save')}
        </Button>
      </Group>
    </form>
  )
}
