import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconCash, IconReceiptRefund, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Orders.module.css'
import { PaymentModal } from './PaymentModal.tsx'
import { useOrderWrites } from './queries.ts'
import { dueOf, refundable } from './state.ts'

/** What was paid and given back, set by hand. */
export function OrderPayments({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const [asked, setAsked] = useState<'payment' | 'refund' | null>(null)
  return (
    <Section
      title={t('sections.payment')}
      actions={
        <Group gap="xs">
          {dueOf(order) === 0 ? null : (
            <Button
              size="xs"
              variant="light"
              leftSection={<IconCash size={16} />}
              onClick={() => setAsked('payment')}
            >
              {t('pay.add')}
            </Button>
          )}
          {refundable(order) === 0 ? null : (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconReceiptRefund size={16} />}
              onClick={() => setAsked('refund')}
            >
              {t('pay.refund')}
            </Button>
          )}
        </Group>
      }
    >
      {order.paymentName === '' ? null : (
        <Text size="sm" mb={6}>
          {t('pay.chosen', { name: order.paymentName })}
        </Text>
      )}
      {order.reservedUntil === null || dueOf(order) === 0 ? null : (
        <Text size="sm" mb={6}>
          {t('reservedUntil', { at: dateTimeText(order.reservedUntil, language, shop.timeZone) })}
        </Text>
      )}
      {order.payments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('pay.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {order.payments.map((payment) => (
            <li key={payment.id}>
              <span className={classes.wrap}>
                {t(`pay.kind.${payment.kind}`)}
                {payment.method === '' ? '' : ` · ${payment.method}`}
                <span className={classes.soft}>
                  {[dateTimeText(payment.at, language, shop.timeZone), payment.note]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
                {payment.receiptHash === null ? null : (
                  <Anchor
                    href={mediaUrl(shop.slug, payment.receiptHash)}
                    target="_blank"
                    rel="noreferrer"
                    size="sm"
                    underline="always"
                  >
                    {t('pay.seeReceipt')}
                  </Anchor>
                )}
              </span>
              <Group gap={6} wrap="nowrap">
                <span className={classes.amount}>
                  {payment.kind === 'refund' ? '−' : ''}
                  {money(payment.amount)}
                </span>
                <Removal order={order} paymentId={payment.id} amount={money(payment.amount)} />
              </Group>
            </li>
          ))}
        </ul>
      )}
      <PaymentModal order={order} kind={asked} onClose={() => setAsked(null)} />
    </Section>
  )
}

function Removal({ order, paymentId, amount }: { order: Order; paymentId: string; amount: string }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const { removePayment } = useOrderWrites()
  const remove = () =>
    removePayment.mutate(
      { shop: shop.slug, orderId: order.id, paymentId, expectedRevision: order.revision },
      { onSuccess: () => notifyDone(t('pay.removed')), onError: (error) => notifyFailure(error) },
    )
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('pay.remove', { amount })}
      loading={removePayment.isPending}
      onClick={() =>
        modals.openConfirmModal({
          title: t('pay.removeTitle'),
          children: <Text size="sm">{t('pay.removeBody', { amount })}</Text>,
          labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
          confirmProps: { color: 'red' },
          onConfirm: remove,
        })
      }
    >
      <IconX size={17} />
    </ActionIcon>
  )
}
