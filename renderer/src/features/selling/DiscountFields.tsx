import { Button, Group, SegmentedControl, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Discount } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { editableAmount } from '../../ui/money.ts'
import { notifyDone } from '../../ui/notify.ts'
import { type DiscountForm, emptyDiscount, formOf, inputOf, problemsOf } from './discount-form.ts'

/** `discount` null: a new one. */
export function DiscountFields({ discount, onClose }: { discount: Discount | null; onClose(): void }) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const options = {
    onSuccess: () => {
      notifyDone(t('discounts.saved'))
      onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.selling.discounts.key() }),
  }
  const add = useMutation(api.selling.addDiscount.mutationOptions(options))
  const change = useMutation(api.selling.changeDiscount.mutationOptions(options))
  const texts = {
    code: t('discounts.codeNeeded'),
    value: t('discounts.valueBad'),
    amount: t('discounts.amountBad', { example: editableAmount(1290, shop.currency, shop.locale) }),
    dates: t('discounts.datesBad'),
    uses: t('discounts.usesBad'),
  }
  const form = useForm<DiscountForm>({
    initialValues: discount === null ? emptyDiscount : formOf(discount, shop),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values, shop)).map(([path, problem]) => [path, texts[problem]]),
      ),
  })
  const { kind } = form.getValues()
  const failure = add.error ?? change.error
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        const input = { shop: shop.slug, discount: inputOf(values, shop) }
        if (discount === null) add.mutate(input)
        else change.mutate({ ...input, discountId: discount.id })
      })}
    >
      <Stack>
        {failure === null ? null : <ErrorNotice error={failure} />}
        <TextInput
          label={t('discounts.code')}
          required
          data-autofocus
          maxLength={40}
          autoComplete="off"
          {...form.getInputProps('code')}
        />
        <SegmentedControl
          aria-label={t('discounts.kind')}
          data={[
            { value: 'percent', label: t('discounts.percent') },
            { value: 'amount', label: t('discounts.amount') },
          ]}
          {...form.getInputProps('kind')}
        />
        <SimpleGrid cols={2}>
          <TextInput
            label={
              kind === 'percent'
                ? t('discounts.percentValue')
                : t('discounts.amountValue', { currency: shop.currency })
            }
            required
            inputMode="decimal"
            {...form.getInputProps('value')}
          />
          <TextInput
            label={t('discounts.min', { currency: shop.currency })}
            inputMode="decimal"
            {...form.getInputProps('minSubtotal')}
          />
          <TextInput type="date" label={t('discounts.from')} {...form.getInputProps('startsOn')} />
          <TextInput type="date" label={t('discounts.to')} {...form.getInputProps('endsOn')} />
          <TextInput label={t('discounts.maxUses')} inputMode="numeric" {...form.getInputProps('maxUses')} />
        </SimpleGrid>
        <Switch label={t('discounts.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
