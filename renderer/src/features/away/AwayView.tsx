import { Skeleton, Stack } from '@mantine/core'
import { IconMoonStars } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { AbsenceCard } from './AbsenceCard.tsx'
import { DraftReview } from './DraftReview.tsx'
import { reviewable } from './state.ts'
import { useAwayStore } from './store.ts'

/** What came while nobody was there, and the replies that wait for a look. */
export function AwayView({ draftId }: { draftId: string | null }) {
  const { t } = useTranslation(['away', 'common'])
  const { slug: shop } = useShop()
  const absences = useQuery(api.serving.absences.queryOptions({ input: { shop } }))
  const drafts = useQuery(api.drafts.list.queryOptions({ input: { shop } }))
  const reviewing = useAwayStore()
  const failed = drafts.error ?? absences.error
  const waiting = reviewable(drafts.data ?? [], reviewing)
  const nothing =
    drafts.data !== undefined && absences.data?.length === 0 && waiting.length === 0 && draftId === null
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        {failed === null ? null : (
          <ErrorNotice
            error={failed}
            onRetry={() => void Promise.all([drafts.refetch(), absences.refetch()])}
          />
        )}
        {drafts.isPending || absences.isPending ? <Skeleton height={140} radius="lg" aria-hidden /> : null}
        {nothing ? <EmptyState icon={IconMoonStars} title={t('empty.title')} body={t('empty.body')} /> : null}
        {absences.data?.map((absence) => (
          <AbsenceCard key={absence.id} absence={absence} />
        ))}
        {drafts.data === undefined ? null : <DraftReview drafts={waiting} asked={draftId} />}
      </Stack>
    </Page>
  )
}
