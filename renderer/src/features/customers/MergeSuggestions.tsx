import { Alert, Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconArrowsExchange, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerBrief, MergeSuggestion } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import classes from './Customers.module.css'
import { useMerging } from './merging.ts'
import { useCustomerWrites } from './queries.ts'
import { swapped } from './state.ts'

/** Records that may be one person, for the owner to decide. */
export function MergeSuggestions() {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const [open, setOpen] = useState(false)
  const suggestions = useQuery(api.customers.suggestions.queryOptions({ input: { shop: shop.slug } }))
  const pairs = suggestions.data ?? []
  return (
    <>
      {pairs.length === 0 ? null : (
        <Alert color="yellow" icon={<IconUsersGroup size={18} />} mt="sm" py="xs">
          <Group justify="space-between" gap="sm">
            <Text size="sm">{t('merge.suggestions', { count: pairs.length })}</Text>
            <Button size="xs" variant="default" onClick={() => setOpen(true)}>
              {t('merge.review')}
            </Button>
          </Group>
        </Alert>
      )}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('merge.reviewTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack gap="lg">
          {pairs.length === 0 ? <Text role="status">{t('merge.allDone')}</Text> : null}
          {pairs.map((suggestion) => (
            <Pair key={suggestion.id} suggestion={suggestion} />
          ))}
        </Stack>
      </Modal>
    </>
  )
}

function Pair({ suggestion }: { suggestion: MergeSuggestion }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const merging = useMerging()
  const { dismissSuggestion } = useCustomerWrites()
  const [turned, setTurned] = useState(false)
  const { kept, merged } = turned ? swapped(suggestion) : suggestion
  return (
    <section aria-label={`${kept.name || t('unnamed')}, ${merged.name || t('unnamed')}`}>
      <Text size="sm" fw={600} mb="xs">
        {t(`merge.reason.${suggestion.reason}`)}
      </Text>
      <div className={classes.pairCards}>
        <PersonCard customer={kept} stays />
        <PersonCard customer={merged} stays={false} />
      </div>
      <Group justify="space-between" gap="xs" mt="sm">
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconArrowsExchange size={16} />}
          onClick={() => setTurned(!turned)}
        >
          {t('merge.swap')}
        </Button>
        <Group gap="xs">
          <Button
            size="sm"
            variant="default"
            loading={dismissSuggestion.isPending}
            onClick={() =>
              dismissSuggestion.mutate(
                { shop: shop.slug, suggestionId: suggestion.id },
                {
                  onSuccess: () => notifyDone(t('merge.dismissed')),
                  onError: (error) => notifyFailure(error),
                },
              )
            }
          >
            {t('merge.different')}
          </Button>
          <Button
            size="sm"
            loading={merging.pending}
            onClick={() => void merging.merge(kept.id, merged.id).catch(notifyFailure)}
          >
            {t('merge.same')}
          </Button>
        </Group>
      </Group>
    </section>
  )
}

function PersonCard({ customer, stays }: { customer: CustomerBrief; stays: boolean }) {
  const { t } = useTranslation(['customers', 'inbox', 'common'])
  const money = useMoney()
  const lines = [
    customer.phone,
    customer.email,
    customer.nationalId,
    customer.channels.map((kind) => t(`inbox:channel.${kind}`)).join(', '),
    customer.orders === 0
      ? t('noOrders')
      : `${t('orders', { count: customer.orders })} · ${money(customer.spent)}`,
  ].filter((line) => line !== null && line !== '')
  return (
    <div className={classes.person} data-stays={stays}>
      <Badge size="sm" variant={stays ? 'filled' : 'default'} tt="none" mb={4}>
        {stays ? t('merge.stays') : t('merge.goes')}
      </Badge>
      <Text fw={600}>{customer.name || t('unnamed')}</Text>
      {lines.map((line) => (
        <Text key={line} size="sm" c="dimmed">
          {line}
        </Text>
      ))}
    </div>
  )
}
