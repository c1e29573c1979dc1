import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order, OrderChange } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Orders.module.css'
import { useOrderWrites } from './queries.ts'
import { actorKind, changeFacts, knownState } from './state.ts'

/** Who did what to the order, newest first, and a note of one's own. */
export function OrderHistory({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const { addNote } = useOrderWrites()
  const [text, setText] = useState('')
  const add = () =>
    addNote.mutate(
      { shop: shop.slug, orderId: order.id, text: text.trim() },
      {
        onSuccess: () => {
          setText('')
          notifyDone(t('history.noteAdded'))
        },
        onError: (error) => notifyFailure(error),
      },
    )
  return (
    <Section title={t('sections.history')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') add()
        }}
      >
        <Group align="flex-end" gap="xs" mb="md" wrap="nowrap">
          <Textarea
            label={t('history.addNote')}
            placeholder={t('history.notePlaceholder')}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={2000}
            flex={1}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={addNote.isPending} disabled={text.trim() === ''}>
            {t('common:add')}
          </Button>
        </Group>
      </form>
      <ol className={classes.history} reversed>
        {order.changes.toReversed().map((change) => (
          <Row key={change.seq} change={change} />
        ))}
      </ol>
    </Section>
  )
}

function Row({ change }: { change: OrderChange }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const what = useChangeText(change)
  const { words } = changeFacts(change)
  return (
    <li className={classes.wrap}>
      {what}
      {words.length === 0 ? null : `: ${words.join(' · ')}`}
      <span className={classes.soft}>
        {dateTimeText(change.at, language, shop.timeZone)} ·{' '}
        {change.actorName ?? t(`history.actor.${actorKind(change.actor)}`)}
      </span>
    </li>
  )
}

function useChangeText(change: OrderChange): string {
  const { t } = useTranslation(['orders', 'common'])
  const money = useMoney()
  const { amount, before, after, removed } = changeFacts(change)
  switch (change.kind) {
    case 'state': {
      const from = knownState(change.fromState)
      const to = knownState(change.toState)
      return t('history.state', {
        from: from === null ? '' : t(`state.${from}`),
        to: to === null ? '' : t(`state.${to}`),
      })
    }
    case 'payment':
      if (amount === null) return t('history.paymentPlain')
      return t(removed ? 'history.paymentRemoved' : 'history.payment', { amount: money(amount) })
    case 'refund':
      if (amount === null) return t('history.refundPlain')
      return t(removed ? 'history.refundRemoved' : 'history.refund', { amount: money(amount) })
    case 'edit':
      return before === null || after === null
        ? t('history.edit')
        : t('history.editTotal', { before: money(before), after: money(after) })
    case 'placed':
    case 'note':
    case 'document':
    case 'warned':
      return t(`history.${change.kind}`)
  }
}
