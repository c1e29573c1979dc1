import { SimpleGrid, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Spending } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { editableMicros } from '../../ui/cost.ts'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { formOf, inputOf, problemsOf, type SpendingForm } from './spending-form.ts'

/** How much may be spent, from when on it is said, and what a dollar is worth. */
export function SpendingEditor({ spending }: { spending: Spending }) {
  const { t } = useTranslation(['spending', 'common'])
  const shop = useShop()
  const { currency, rateSource } = spending
  const queries = useQueryClient()
  const form = useForm<SpendingForm>({
    initialValues: formOf(spending, shop.locale),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values, currency, shop.locale)).map(([field, problem]) => [
          field,
          t(`problem.${problem}`),
        ]),
      ),
  })
  const save = useMutation(
    api.engines.setSpending.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.engines.spending.queryKey({ input: { shop: shop.slug } }), saved)
        void queries.invalidateQueries({ queryKey: api.engines.list.key() })
        notifyDone(t('saved'))
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  return (
    <EditorForm
      form={form}
      kept={formOf(spending, shop.locale)}
      save={async (values) =>
        formOf(
          await save.mutateAsync(
            inputOf(values, { shop: shop.slug, currency, locale: shop.locale, rateSource }),
          ),
          shop.locale,
        )
      }
      unsaved={t('unsaved')}
      discard={t('discard')}
    >
      <Card title={t('caps.title')}>
        <Text c="dimmed" size="sm" mb="md">
          {t('caps.lead')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label={t('caps.day', { currency })}
            placeholder={t('caps.none')}
            inputMode="decimal"
            {...form.getInputProps('day')}
          />
          <TextInput
            label={t('caps.month', { currency })}
            placeholder={t('caps.none')}
            inputMode="decimal"
            {...form.getInputProps('month')}
          />
          <TextInput
            label={t('caps.warnAt')}
            inputMode="numeric"
            rightSection="%"
            {...form.getInputProps('warnAt')}
          />
        </SimpleGrid>
        {rateSource === 'same' ? null : (
          <TextInput
            mt="md"
            maw={420}
            label={t('rate.label', { currency })}
            description={
              rateSource === 'owner'
                ? t('rate.owner')
                : t('rate.table', { rate: editableMicros(spending.usdRate, shop.locale), currency })
            }
            placeholder={editableMicros(spending.usdRate, shop.locale)}
            inputMode="decimal"
            {...form.getInputProps('rate')}
          />
        )}
      </Card>
    </EditorForm>
  )
}
