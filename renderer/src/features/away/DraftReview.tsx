import { ActionIcon, Group, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyDraft } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import classes from './Away.module.css'
import { DraftCard } from './DraftCard.tsx'
import { nextOf } from './state.ts'
import { useAwayStore } from './store.ts'

interface DraftReviewProps {
  drafts: readonly ReplyDraft[]
  /** From the address. */
  asked: string | null
}

/** The replies that wait for a look, one by one. One that somebody overtakes stays in sight and says so. */
export function DraftReview({ drafts, asked }: DraftReviewProps) {
  const { t } = useTranslation(['away', 'common'])
  const { slug: shop } = useShop()
  const [openId, setOpenId] = useState(asked)
  useEffect(() => setOpenId(asked), [asked])
  const first = drafts[0]?.id ?? null
  const { hidden } = useAwayStore()
  const shownId = openId === null || hidden.has(openId) ? first : openId
  useEffect(() => {
    if (openId === null && first !== null) setOpenId(first)
  }, [openId, first])
  const listed = drafts.find(({ id }) => id === shownId)
  const gone = useQuery(
    api.drafts.get.queryOptions({
      input: { shop, draftId: shownId ?? '-' },
      enabled: shownId !== null && listed === undefined,
    }),
  )
  const shown = listed ?? gone.data
  if (shown === undefined || shownId === null) return null
  const at = drafts.findIndex(({ id }) => id === shownId)
  const step = (by: -1 | 1) => setOpenId(drafts[at + by]?.id ?? first)
  return (
    <section aria-label={t('drafts')}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2}>{t('drafts')}</Title>
        {drafts.length === 0 ? null : (
          <Group gap={6}>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('before')}
              disabled={at <= 0}
              onClick={() => step(-1)}
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <Text size="sm" c="dimmed" className={classes.place} role="status">
              {at === -1
                ? t('left', { count: drafts.length })
                : t('place', { at: at + 1, of: drafts.length })}
            </Text>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('after')}
              disabled={at === drafts.length - 1}
              onClick={() => step(1)}
            >
              <IconChevronRight size={18} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      <DraftCard
        key={shown.id}
        draft={shown}
        onDone={() => setOpenId(listed === undefined ? first : nextOf(drafts, shown.id))}
        last={drafts.every(({ id }) => id === shown.id)}
      />
    </section>
  )
}
