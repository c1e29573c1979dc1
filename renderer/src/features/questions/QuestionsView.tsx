import { Button, Group, SegmentedControl, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconHelpHexagon, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ClosedCard } from './ClosedCard.tsx'
import { MissedDemandView } from './MissedDemand.tsx'
import { OpenCard } from './OpenCard.tsx'
import { useCards } from './queries.ts'
import { isClosed, type QuestionView, questionViews } from './state.ts'

/** `view` comes from the address: open questions, closed ones, or what could not be sold. */
export function QuestionsView({ view }: { view: QuestionView }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const [, navigate] = useLocation()
  return (
    <Page title={t('title')} lead={t('lead')} width={view === 'demand' ? 'wide' : 'reading'}>
      <SegmentedControl
        aria-label={t('views')}
        mb="lg"
        value={view}
        onChange={(value) =>
          navigate(screenPath(shop.slug, 'questions', value === 'open' ? undefined : value))
        }
        data={questionViews.map((each) => ({ value: each, label: t(`view.${each}`) }))}
      />
      {view === 'open' ? <OpenCards /> : null}
      {view === 'history' ? <ClosedCards /> : null}
      {view === 'demand' ? <MissedDemandView /> : null}
    </Page>
  )
}

/** Those whose time is over can still be answered: they stand below the others. */
function OpenCards() {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const list = useCards(shop.slug, 'open', '')
  const late = useCards(shop.slug, 'timed_out', '')
  if (list.error !== null) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending || late.isPending) return <Waiting />
  if (list.cards.length === 0 && late.cards.length === 0) {
    return (
      <EmptyState icon={IconHelpHexagon} title={t('empty.title')} body={t('empty.body')}>
        <Text size="sm" c="dimmed">
          {t('pairHint')}
        </Text>
      </EmptyState>
    )
  }
  return (
    <Stack gap="lg">
      {list.cards.map((card) => (
        <OpenCard key={card.id} card={card} />
      ))}
      <More list={list} />
      {late.cards.map((card) => (
        <OpenCard key={card.id} card={card} />
      ))}
      <More list={late} />
    </Stack>
  )
}

function ClosedCards() {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 200)
  const list = useCards(shop.slug, undefined, search)
  const closed = list.cards.filter(isClosed)
  return (
    <Stack>
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={17} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && list.error === null ? <Waiting /> : null}
      {list.data !== undefined && closed.length === 0 && !list.hasNextPage ? (
        <Text c="dimmed" ta="center" p="xl">
          {search === '' ? t('noHistory') : t('noneFound')}
        </Text>
      ) : null}
      {closed.map((card) => (
        <ClosedCard key={card.id} card={card} />
      ))}
      <More list={list} />
    </Stack>
  )
}

function More({ list }: { list: ReturnType<typeof useCards> }) {
  const { t } = useTranslation(['questions', 'common'])
  if (!list.hasNextPage) return null
  return (
    <Group justify="center">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('more')}
      </Button>
    </Group>
  )
}

function Waiting() {
  return (
    <Stack aria-hidden>
      <Skeleton height={190} radius="lg" />
      <Skeleton height={190} radius="lg" />
    </Stack>
  )
}
