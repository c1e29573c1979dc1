import { Anchor, List, NumberInput, Stack, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'

/** What leaves this computer with a remote model, and what of it the owner decides. */
export function PrivacyCard() {
  const { t } = useTranslation(['engines', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const queryKey = api.engines.privacy.queryKey({ input: { shop } })
  const privacy = useQuery(api.engines.privacy.queryOptions({ input: { shop } }))
  const set = useMutation(
    api.engines.setPrivacy.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(queryKey, saved)
        notifyDone(t('common:saved'))
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  return (
    <Card title={t('privacy.title')}>
      <Stack gap="md">
        <PrivacyNotice />
        {privacy.error === null ? null : (
          <ErrorNotice error={privacy.error} onRetry={() => void privacy.refetch()} />
        )}
        {privacy.data === undefined ? null : (
          <>
            <Switch
              label={t('privacy.redact')}
              description={t('privacy.redactHelp')}
              checked={privacy.data.redact}
              disabled={set.isPending}
              onChange={(event) => set.mutate({ shop, redact: event.currentTarget.checked })}
            />
            <KeepDays
              days={privacy.data.keepRequestsDays}
              onKeep={(keepRequestsDays) => set.mutate({ shop, keepRequestsDays })}
            />
          </>
        )}
        <Anchor component={Link} href={screenPath(shop, 'assistant', 'sent')} size="sm">
          {t('privacy.sent')}
        </Anchor>
      </Stack>
    </Card>
  )
}

/** Also stands where a remote engine is added. */
export function PrivacyNotice() {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <List size="sm" spacing={4}>
      <List.Item>{t('privacy.goes')}</List.Item>
      <List.Item>{t('privacy.stays')}</List.Item>
      <List.Item>{t('privacy.local')}</List.Item>
    </List>
  )
}

function KeepDays({ days, onKeep }: { days: number; onKeep(days: number): void }) {
  const { t } = useTranslation(['engines', 'common'])
  const [value, setValue] = useState<number | string>(days)
  useEffect(() => setValue(days), [days])
  const keep = () => {
    const next = typeof value === 'number' ? Math.round(value) : Number.NaN
    if (Number.isNaN(next)) setValue(days)
    else if (next !== days) onKeep(next)
  }
  return (
    <NumberInput
      label={t('privacy.keep')}
      description={t('privacy.keepHelp')}
      maw={320}
      min={0}
      max={365}
      clampBehavior="blur"
      allowDecimal={false}
      value={value}
      onChange={setValue}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
      }}
    />
  )
}
