import { Button, Group, Text, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Absence } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { useMoments } from '../../ui/moment.ts'
import { notifyFailure } from '../../ui/notify.ts'
import classes from './Away.module.css'

/** One time in which customers could not be answered: what came, and what became of it. */
export function AbsenceCard({ absence }: { absence: Absence }) {
  const { t } = useTranslation(['away', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const titleId = useId()
  const { since } = useMoments()
  const channels = useQuery(api.channels.list.queryOptions({ input: { shop } }))
  const account = channels.data?.find(({ id }) => id === absence.channelAccountId)
  const seen = useMutation(
    api.serving.seen.mutationOptions({
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.serving.absences.key() }),
    }),
  )
  const { at } = useMoments()
  const figures = [
    { label: t('figures.messages'), value: absence.messages },
    { label: t('figures.conversations'), value: absence.conversations },
    { label: t('figures.answered'), value: absence.answered },
    { label: t('figures.drafts'), value: absence.drafts },
  ]
  const name = account === undefined || account.name === '' ? t('oneChannel') : account.name
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className={classes.head}>
          <Title order={2} id={titleId}>
            {t(`reason.${absence.reason}`, { name })}
          </Title>
          <Text size="sm" c="dimmed">
            {absence.endedAt === null
              ? t('lasting', { since: since(absence.startedAt) })
              : t('ended', { since: since(absence.startedAt), at: at(absence.endedAt) })}
          </Text>
        </div>
        {absence.endedAt === null ? null : (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCheck size={16} />}
            loading={seen.isPending}
            onClick={() => seen.mutate({ shop, absenceId: absence.id })}
          >
            {t('seen')}
          </Button>
        )}
      </Group>
      <dl className={classes.figures}>
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
