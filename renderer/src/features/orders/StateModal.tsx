import { Button, Group, Modal, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order, OrderState } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { useOrderWrites } from './queries.ts'
import { isUndoing } from './state.ts'
import { TellSwitch, useTell } from './TellSwitch.tsx'

interface StateModalProps {
  order: Order
  /** The state that was asked for; null: closed. */
  state: OrderState | null
  onClose(): void
  onConflict(): void
}

export function StateModal({ order, state, onClose, onConflict }: StateModalProps) {
  const { t } = useTranslation(['orders', 'common'])
  return (
    <Modal
      opened={state !== null}
      onClose={onClose}
      title={state === null ? '' : t(`confirm.title.${state}`, { number: order.number })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {state === null ? null : (
        <Confirm key={state} order={order} state={state} onClose={onClose} onConflict={onConflict} />
      )}
    </Modal>
  )
}

function Confirm({ order, state, onClose, onConflict }: StateModalProps & { state: OrderState }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const { setState } = useOrderWrites()
  const [restock, setRestock] = useState(true)
  const [reason, setReason] = useState('')
  const [tell, setTell] = useTell(order)
  const undoing = isUndoing(state)
  const confirmed = () =>
    setState.mutate(
      {
        shop: shop.slug,
        orderId: order.id,
        state,
        restock,
        reason: reason.trim(),
        tell,
        expectedRevision: order.revision,
      },
      {
        onSuccess: () => {
          notifyDone(t(`changed.${state}`))
          onClose()
        },
        onError: (error) => {
          if (!isFailure(error, 'conflict') && !isFailure(error, 'order.transition')) return
          onConflict()
          onClose()
        },
      },
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        confirmed()
      }}
    >
      <Stack>
        {setState.error === null ? null : <ErrorNotice error={setState.error} />}
        {undoing ? (
          <>
            <Text size="sm">{state === 'cancelled' ? t('confirm.cancelBody') : t('confirm.returnBody')}</Text>
            {state === 'returned' ? (
              <Switch
                label={t('confirm.restockReturned')}
                checked={restock}
                onChange={(event) => setRestock(event.currentTarget.checked)}
              />
            ) : null}
            <Textarea
              label={t('confirm.reason')}
              description={t('confirm.reasonHelp')}
              autosize
              minRows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </>
        ) : null}
        <TellSwitch order={order} value={tell} onChange={setTell} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('confirm.keep')}
          </Button>
          <Button
            type="submit"
            color={undoing ? 'red' : undefined}
            loading={setState.isPending}
            data-autofocus
          >
            {t(`act.${state}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
