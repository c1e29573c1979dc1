import { Skeleton, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ServingSettings } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { CallsCard } from '../calls/CallsCard.tsx'
import { formOf, type ServingForm, settingsOf } from './form.ts'
import { CallFields, DisclosureFields, TimeFields } from './ServingFields.tsx'

/** How the shop serves people on all its channels, and how this browser calls who is in front of it. */
export function ServingPart() {
  const { slug: shop } = useShop()
  const settings = useQuery(api.serving.settings.queryOptions({ input: { shop } }))
  return (
    <Stack gap="lg">
      {settings.data !== undefined ? (
        <Editor settings={settings.data} />
      ) : settings.error !== null ? (
        <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <Skeleton height={420} radius="lg" aria-hidden />
      )}
      <CallsCard />
    </Stack>
  )
}

function Editor({ settings }: { settings: ServingSettings }) {
  const { t } = useTranslation(['serving', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const form = useForm<ServingForm>({ initialValues: formOf(settings) })
  const save = useMutation(
    api.serving.set.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.serving.settings.queryKey({ input: { shop } }), saved)
        notifyDone(t('saved'))
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  return (
    <EditorForm
      form={form}
      kept={formOf(settings)}
      save={async (values) => formOf(await save.mutateAsync({ shop, settings: settingsOf(values) }))}
      unsaved={t('unsaved')}
      discard={t('discard')}
    >
      <Stack gap="lg">
        <DisclosureFields form={form} />
        <TimeFields form={form} />
        <CallFields form={form} />
      </Stack>
    </EditorForm>
  )
}
