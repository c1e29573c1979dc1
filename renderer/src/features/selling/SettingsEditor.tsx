import { Skeleton, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SellingSettings } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { AskFields, CardFields, OrderFields, UnpaidFields } from './OrderFields.tsx'
import { SlotFields } from './SlotFields.tsx'
import { formOf, problemsOf, type SettingsForm, settingsOf } from './settings-form.ts'
import { TaxFields } from './TaxFields.tsx'
import { useProblemText } from './texts.ts'

export function SettingsEditor() {
  const shop = useShop()
  const settings = useQuery(api.selling.settings.queryOptions({ input: { shop: shop.slug } }))
  if (settings.error !== null && settings.data === undefined) {
    return <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />
  }
  if (settings.data === undefined) {
    return (
      <Stack aria-hidden>
        <Skeleton height={260} radius="lg" />
        <Skeleton height={160} radius="lg" />
      </Stack>
    )
  }
  return <Editor settings={settings.data} />
}

function Editor({ settings }: { settings: SellingSettings }) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const problemText = useProblemText()
  const save = useMutation(
    api.selling.setSettings.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.selling.settings.queryKey({ input: { shop: shop.slug } }), saved)
        notifyDone(t('saved'))
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  const form = useForm<SettingsForm>({
    initialValues: formOf(settings, shop.locale),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values)).map(([path, problem]) => [path, problemText(problem, path)]),
      ),
  })
  return (
    <EditorForm
      form={form}
      kept={formOf(settings, shop.locale)}
      save={async (values) =>
        formOf(await save.mutateAsync({ shop: shop.slug, changes: settingsOf(values) }), shop.locale)
      }
      unsaved={t('unsaved')}
      discard={t('discard')}
    >
      <Stack gap="lg">
        <OrderFields form={form} />
        <AskFields form={form} />
        <SlotFields form={form} />
        <UnpaidFields form={form} />
        <TaxFields form={form} />
        <CardFields form={form} />
      </Stack>
    </EditorForm>
  )
}
