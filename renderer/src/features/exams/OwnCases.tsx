import { ActionIcon, Button, Group, Modal, Skeleton, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { CaseEditor } from './CaseEditor.tsx'
import classes from './Exams.module.css'

/** Questions that matter to this shop, asked in every exam. */
export function OwnCases() {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const list = useQuery(api.exam.cases.queryOptions({ input: { shop } }))
  const [adding, setAdding] = useState(false)
  const options = {
    onError: (error: unknown) => notifyFailure(error),
    onSettled: () => queries.invalidateQueries({ queryKey: api.exam.key() }),
  }
  const add = useMutation(api.exam.addCase.mutationOptions(options))
  const remove = useMutation(
    api.exam.removeCase.mutationOptions({
      ...options,
      onSuccess: (_, { id }) => {
        const removed = list.data?.find((each) => each.id === id)?.case
        if (removed === undefined) return
        notifyUndo({
          id: `case-${id}`,
          message: t('own.removed', { name: removed.name }),
          undo: async () => {
            await add.mutateAsync({ shop, case: removed })
            notifyDone(t('own.restored', { name: removed.name }))
          },
        })
      },
    }),
  )
  return (
    <Card title={t('own.title')}>
      <Text c="dimmed" size="sm" mb="md">
        {t('own.lead')}
      </Text>
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && list.error === null ? <Skeleton height={60} aria-hidden /> : null}
      {list.data?.length === 0 ? (
        <Text c="dimmed" mb="md">
          {t('own.none')}
        </Text>
      ) : null}
      <ul className={classes.rows}>
        {list.data?.map((each) => (
          <li key={each.id} className={classes.row}>
            <div className={classes.text}>
              <Text fw={600}>{each.case.name}</Text>
              <div className={classes.soft}>{each.case.turns[0]?.customer}</div>
            </div>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('own.remove', { name: each.case.name })}
              onClick={() => remove.mutate({ shop, id: each.id })}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group mt="md">
        <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
          {t('own.add')}
        </Button>
      </Group>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('own.add')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {adding ? <CaseEditor onAdded={() => setAdding(false)} /> : null}
      </Modal>
    </Card>
  )
}
