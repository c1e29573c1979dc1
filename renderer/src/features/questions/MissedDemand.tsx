import { ActionIcon, Anchor, Group, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconHeartHandshake, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { MissedDemand } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Questions.module.css'
import { type DemandFilter, demandInput, demandKinds, periods } from './state.ts'

/** What customers asked for and could not have, and the money that was in it. */
export function MissedDemandView() {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const money = useMoney()
  const [filter, setFilter] = useState<DemandFilter>({ period: 'month', from: '', to: '', kind: null })
  const missed = useQuery(
    api.demand.missed.queryOptions({
      input: { shop: shop.slug, ...demandInput(filter, Date.now(), shop.timeZone) },
      placeholderData: (before) => before,
    }),
  )
  const found = missed.data
  return (
    <Stack>
      <Text c="dimmed">{t('demand.lead')}</Text>
      <Filters filter={filter} onChange={(changes) => setFilter((before) => ({ ...before, ...changes }))} />
      {missed.error === null ? null : (
        <ErrorNotice error={missed.error} onRetry={() => void missed.refetch()} />
      )}
      {missed.isPending && missed.error === null ? <Skeleton height={220} radius="lg" aria-hidden /> : null}
      {found !== undefined && found.items.length > 0 ? (
        <>
          <Text fw={600} role="status">
            {found.amount > 0
              ? t('demand.total', { amount: money(found.amount), times: found.times })
              : t('demand.totalTimes', { count: found.times })}
          </Text>
          <div className={classes.card}>
            <Wishes wishes={found.items} />
          </div>
        </>
      ) : null}
      {found !== undefined && found.items.length === 0 ? (
        <EmptyState icon={IconHeartHandshake} title={t('demand.empty.title')} body={t('demand.empty.body')} />
      ) : null}
    </Stack>
  )
}

function Filters(props: { filter: DemandFilter; onChange(changes: Partial<DemandFilter>): void }) {
  const { t } = useTranslation(['questions', 'common'])
  const { filter, onChange } = props
  return (
    <div className={classes.filters}>
      <Select
        label={t('demand.period')}
        w={160}
        allowDeselect={false}
        data={periods.map((each) => ({ value: each, label: t(`demand.periods.${each}`) }))}
        value={filter.period}
        onChange={(value) => onChange({ period: periods.find((each) => each === value) ?? 'month' })}
      />
      {filter.period === 'own' ? (
        <>
          <TextInput
            type="date"
            label={t('demand.from')}
            value={filter.from}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('demand.to')}
            value={filter.to}
            onChange={(event) => onChange({ to: event.currentTarget.value })}
          />
        </>
      ) : null}
      <Select
        label={t('demand.kindFilter')}
        w={210}
        placeholder={t('demand.anyKind')}
        clearable
        clearButtonProps={{ 'aria-label': t('demand.anyKind') }}
        data={demandKinds.map((each) => ({ value: each, label: t(`demand.kind.${each}`) }))}
        value={filter.kind}
        onChange={(value) => onChange({ kind: demandKinds.find((each) => each === value) ?? null })}
      />
    </div>
  )
}

function Wishes({ wishes }: { wishes: MissedDemand[] }) {
  const { t } = useTranslation(['questions', 'common'])
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('demand.wish')}</th>
          <th scope="col" className={classes.figure}>
            {t('demand.times')}
          </th>
          <th scope="col" className={`${classes.figure} ${classes.wideOnly}`}>
            {t('demand.customers')}
          </th>
          <th scope="col" className={classes.figure}>
            {t('demand.amount')}
          </th>
          <th scope="col" className={classes.wideOnly}>
            {t('demand.last')}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {wishes.map((wish) => (
          <Wish key={`${wish.kind} ${wish.key}`} wish={wish} />
        ))}
      </tbody>
    </table>
  )
}

function Wish({ wish }: { wish: MissedDemand }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const queries = useQueryClient()
  const dismiss = useMutation(
    api.demand.dismiss.mutationOptions({
      onSuccess: () => notifyDone(t('demand.dismissed')),
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.demand.key() }),
    }),
  )
  return (
    <tr>
      <td>
        <span className={classes.wrap}>
          {wish.product === null ? (
            wish.text
          ) : (
            <Anchor
              component={Link}
              href={screenPath(shop.slug, 'products', wish.product.id)}
              underline="always"
            >
              {wish.product.name}
            </Anchor>
          )}
        </span>
        <span className={classes.soft}>{t(`demand.kind.${wish.kind}`)}</span>
      </td>
      <td className={classes.figure}>{wish.times}</td>
      <td className={`${classes.figure} ${classes.wideOnly}`}>{wish.customers}</td>
      <td className={classes.figure}>
        {wish.amount === null ? (
          <span className={classes.soft}>{t('demand.unknown')}</span>
        ) : (
          money(wish.amount)
        )}
      </td>
      <td className={classes.wideOnly}>
        <Group gap={4}>
          <Anchor
            component={Link}
            href={screenPath(shop.slug, 'conversations', wish.lastConversationId)}
            size="sm"
            underline="always"
            title={t('demand.open')}
          >
            {dateTimeText(wish.lastAt, language, shop.timeZone)}
          </Anchor>
        </Group>
      </td>
      <td className={classes.figure}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('demand.dismiss', { text: wish.product?.name ?? wish.text })}
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate({ shop: shop.slug, kind: wish.kind, key: wish.key })}
        >
          <IconX size={17} />
        </ActionIcon>
      </td>
    </tr>
  )
}
