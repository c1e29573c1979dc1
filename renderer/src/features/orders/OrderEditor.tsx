import {
  Alert,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order, SellingSettings } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { editableAmount, parseAmount } from '../../ui/money.ts'
import { notifyDone } from '../../ui/notify.ts'
import { PageLoader } from '../../ui/PageLoader.tsx'
import { ArticlePicker } from '../products/ArticlePicker.tsx'
import { KeptLineRow } from './KeptLineRow.tsx'
import {
  changeLine,
  changesOf,
  formOf,
  newLine,
  type OrderForm,
  plainSubtotal,
  previewLines,
  problemsOf,
  withLine,
} from './lines.ts'
import { NewLineRow } from './NewLineRow.tsx'
import classes from './Orders.module.css'
import { usePreview } from './preview.ts'
import { useOrderWrites } from './queries.ts'
import { TellSwitch, useTell } from './TellSwitch.tsx'

/** Quantities, articles, delivery and note of an order that has not left yet. */
export function OrderEditor({ order, onClose }: { order: Order; onClose(): void }) {
  const shop = useShop()
  const settings = useQuery(api.selling.settings.queryOptions({ input: { shop: shop.slug } }))
  if (settings.error !== null) {
    return <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />
  }
  if (settings.data === undefined) return <PageLoader />
  return <Fields order={order} settings={settings.data} onClose={onClose} />
}

interface FieldsProps {
  order: Order
  settings: SellingSettings
  onClose(): void
}

function Fields({ order, settings, onClose }: FieldsProps) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const { edit } = useOrderWrites()
  const slotOf = (now: Order) => settings.slots.find((slot) => slot.label === now.slotLabel)?.id ?? null
  // The order as it was when editing began: what changes elsewhere meanwhile is a conflict.
  const [original, setOriginal] = useState(order)
  const [before, setBefore] = useState(() => formOf(order, slotOf(order), shop))
  const [form, setForm] = useState(before)
  const [tell, setTell] = useTell(order)
  const [tried, setTried] = useState(false)
  const set = (changes: Partial<OrderForm>) => setForm((now) => ({ ...now, ...changes }))
  const problems = problemsOf(form, original, shop)
  const shown = tried ? problems : {}
  const total = useNewTotal(form, original, settings)
  const changes = changesOf(form, before, original, shop)
  const unchanged = Object.keys(changes).length === 0

  const loadAgain = () => {
    const fresh = formOf(order, slotOf(order), shop)
    setOriginal(order)
    setBefore(fresh)
    setForm(fresh)
    edit.reset()
  }
  const save = () => {
    setTried(true)
    if (Object.keys(problems).length > 0) return
    edit.mutate(
      { shop: shop.slug, orderId: order.id, ...changes, tell, expectedRevision: original.revision },
      {
        onSuccess: () => {
          notifyDone(t('editor.saved'))
          onClose()
        },
      },
    )
  }
  const example = editableAmount(350, shop.currency, shop.locale)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack>
        <Title order={3}>{t('editor.title', { number: order.number })}</Title>
        {isFailure(edit.error, 'conflict') ? (
          <Alert color="yellow" title={t('conflict.title')} role="alert">
            <Button size="xs" variant="default" onClick={loadAgain}>
              {t('editor.load')}
            </Button>
          </Alert>
        ) : edit.error === null ? null : (
          <ErrorNotice error={edit.error} />
        )}
        <ul className={classes.editLines} aria-label={t('sections.lines')}>
          {original.lines.map((line) => (
            <KeptLineRow
              key={line.id}
              line={line}
              quantity={form.quantities[line.id] ?? ''}
              problem={shown[line.id] === 'quantity'}
              onChange={(quantity) => set({ quantities: { ...form.quantities, [line.id]: quantity } })}
            />
          ))}
          {form.added.map((line) => (
            <NewLineRow
              key={line.variantId}
              line={line}
              showProblem={tried}
              left={total.left(line.variantId)}
              onChange={(edited) => set({ added: changeLine(form.added, line.variantId, edited) })}
              onRemove={() => set({ added: form.added.filter((each) => each.variantId !== line.variantId) })}
            />
          ))}
        </ul>
        {shown.lines === undefined ? null : (
          <Text role="alert" size="sm" c="var(--desk-bad-text)">
            {t('editor.noLines')}
          </Text>
        )}
        <ArticlePicker
          label={t('picker.label')}
          onPick={(product, variant) =>
            set({ added: withLine(form.added, newLine(product, variant, shop), shop.locale) })
          }
        />
        <Title order={3}>{t('sections.delivery')}</Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('recipient')}
            maxLength={200}
            value={form.recipient}
            onChange={(event) => set({ recipient: event.currentTarget.value })}
          />
          <TextInput
            label={t('phone')}
            type="tel"
            maxLength={40}
            value={form.phone}
            onChange={(event) => set({ phone: event.currentTarget.value })}
          />
          {order.deliveryMethod === 'delivery' ? (
            <>
              <TextInput
                label={t('address')}
                maxLength={500}
                value={form.address}
                onChange={(event) => set({ address: event.currentTarget.value })}
              />
              <TextInput
                label={t('place')}
                maxLength={200}
                value={form.place}
                onChange={(event) => set({ place: event.currentTarget.value })}
              />
              <TextInput
                label={`${t('deliveryFee')} (${shop.currency})`}
                inputMode="decimal"
                value={form.deliveryFee}
                error={shown.deliveryFee === undefined ? null : t('editor.badFee', { example })}
                onChange={(event) => set({ deliveryFee: event.currentTarget.value })}
              />
            </>
          ) : null}
          {settings.slots.length === 0 ? null : (
            <>
              <Select
                label={t('slot')}
                placeholder={t('noSlot')}
                clearable
                clearButtonProps={{ 'aria-label': t('noSlot') }}
                data={settings.slots.map((slot) => ({ value: slot.id, label: slot.label }))}
                value={form.slotId}
                onChange={(slotId) => set({ slotId, ...(slotId === null ? { slotDate: '' } : {}) })}
              />
              <TextInput
                label={t('slotDate')}
                type="date"
                value={form.slotDate}
                error={shown.slotDate === undefined ? null : t('editor.slotNeedsDate')}
                onChange={(event) => set({ slotDate: event.currentTarget.value })}
              />
            </>
          )}
        </SimpleGrid>
        <Textarea
          label={t('note')}
          autosize
          minRows={1}
          maxLength={2000}
          value={form.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <TellSwitch order={order} value={tell} onChange={setTell} />
      </Stack>
      <div className={classes.foot}>
        <div aria-live="polite">
          <Text fw={650}>
            {t('editor.newTotal')}: {total.amount === null ? '…' : money(total.amount)}
          </Text>
          <Text size="sm" c="dimmed">
            {t('editor.before', { amount: money(original.total) })}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={edit.isPending} disabled={unchanged}>
            {t('editor.save')}
          </Button>
        </Group>
      </div>
    </form>
  )
}

/** What the order would come to: asked of the app, with the delivery fee added. */
function useNewTotal(form: OrderForm, order: Order, settings: SellingSettings) {
  const shop = useShop()
  const lines = previewLines(form, order, shop)
  const preview = usePreview(lines, order.discountCode ?? '')
  const fee = parseAmount(form.deliveryFee, shop.currency, shop.locale) ?? 0
  const feeTax = order.pricesIncludeTax ? 0 : Math.round((fee * settings.deliveryTax) / 10_000)
  const goods =
    preview.data?.total ?? (lines === null ? plainSubtotal(form, order.lines, shop) - order.discount : null)
  return {
    amount: goods === null ? null : goods + fee + feeTax,
    left: (variantId: string) =>
      preview.data?.problems.find((problem) => problem.variantId === variantId)?.available ?? null,
  }
}
