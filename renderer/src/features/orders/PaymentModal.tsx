import { Autocomplete, Button, FileInput, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { uploadFile } from '../../rpc/upload.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { editableAmount, parseAmount } from '../../ui/money.ts'
import { notifyDone } from '../../ui/notify.ts'
import { usePaymentUndo } from './payment-undo.ts'
import { useOrderWrites } from './queries.ts'
import { dueOf, refundable } from './state.ts'
import { TellSwitch, useTell } from './TellSwitch.tsx'

type Kind = 'payment' | 'refund'

export function PaymentModal(props: { order: Order; kind: Kind | null; onClose(): void }) {
  const { t } = useTranslation(['orders', 'common'])
  const { order, kind, onClose } = props
  return (
    <Modal
      opened={kind !== null}
      onClose={onClose}
      title={kind === 'refund' ? t('pay.refund') : t('pay.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {kind === null ? null : <Fields key={kind} order={order} kind={kind} onClose={onClose} />}
    </Modal>
  )
}

function Fields({ order, kind, onClose }: { order: Order; kind: Kind; onClose(): void }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const { addPayment, refund } = useOrderWrites()
  const offerUndo = usePaymentUndo(order)
  const profile = useQuery(api.shops.profile.queryOptions({ input: { shop: shop.slug } }))
  const max = kind === 'payment' ? dueOf(order) : refundable(order)
  const [text, setText] = useState(editableAmount(max, shop.currency, shop.locale))
  const [method, setMethod] = useState(order.paymentName)
  const [note, setNote] = useState('')
  const [receipt, setReceipt] = useState<File | null>(null)
  const [tell, setTell] = useTell(order)
  const [tried, setTried] = useState(false)
  const [uploading, setUploading] = useState(false)
  const [uploadError, setUploadError] = useState<unknown>(null)
  const amount = parseAmount(text, shop.currency, shop.locale)
  const problem =
    amount === null || amount < 1
      ? t('pay.badAmount', { example: editableAmount(1290, shop.currency, shop.locale) })
      : amount > max
        ? t('pay.tooMuch', { max: money(max) })
        : null

  const save = async () => {
    setTried(true)
    if (problem !== null || amount === null) return
    const input = {
      shop: shop.slug,
      orderId: order.id,
      amount,
      method: method.trim(),
      note: note.trim(),
      tell,
      expectedRevision: order.revision,
    }
    if (kind === 'refund') {
      refund.mutate(input, {
        onSuccess: () => {
          notifyDone(t('pay.refunded', { amount: money(amount) }))
          onClose()
        },
      })
      return
    }
    let receiptUploadId: string | null = null
    if (receipt !== null) {
      setUploading(true)
      setUploadError(null)
      try {
        receiptUploadId = await uploadFile(receipt, new AbortController().signal)
      } catch (error) {
        setUploadError(error)
        return
      } finally {
        setUploading(false)
      }
    }
    addPayment.mutate(
      { ...input, ...(receiptUploadId === null ? {} : { receiptUploadId }) },
      {
        onSuccess: (paid) => {
          offerUndo(paid, t('pay.registered', { amount: money(amount) }))
          onClose()
        },
      },
    )
  }
  const failure = uploadError ?? addPayment.error ?? refund.error
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Stack>
        {failure === null ? null : <ErrorNotice error={failure} />}
        <TextInput
          label={t('pay.amount', { currency: shop.currency })}
          inputMode="decimal"
          required
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={tried ? problem : null}
        />
        <Autocomplete
          label={t('pay.method')}
          data={[...new Set(profile.data?.payments.map((each) => each.name) ?? [])]}
          maxLength={80}
          value={method}
          onChange={setMethod}
        />
        <Textarea
          label={t('pay.note')}
          autosize
          minRows={1}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {kind === 'payment' ? (
          <FileInput
            label={t('pay.receipt')}
            placeholder={t('pay.receiptChoose')}
            leftSection={<IconPaperclip size={17} />}
            accept="image/*,application/pdf"
            clearable
            clearButtonProps={{ 'aria-label': t('pay.receiptRemove') }}
            value={receipt}
            onChange={setReceipt}
          />
        ) : null}
        <TellSwitch order={order} value={tell} onChange={setTell} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={uploading || addPayment.isPending || refund.isPending}>
            {t(kind === 'refund' ? 'pay.give' : 'pay.register', { amount: money(amount ?? 0) })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
