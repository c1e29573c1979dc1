import { Skeleton, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServingSettings } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { SaveBar } from '../../ui/SaveBar.tsx'
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
  const { setValues, resetDirty } = form
  const dirty = form.isDirty()
  const shown = useRef(settings)
  const show = (next: ServingSettings) => {
    shown.current = next
    setValues(formOf(next))
    resetDirty(formOf(next))
  }
  const save = useMutation(
    api.serving.set.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.serving.settings.queryKey({ input: { shop } }), saved)
        notifyDone(t('saved'))
        show(saved)
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  // An untouched form follows what others change.
  useEffect(() => {
    if (dirty || shown.current === settings) return
    shown.current = settings
    setValues(formOf(settings))
    resetDirty(formOf(settings))
  }, [dirty, settings, setValues, resetDirty])
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => save.mutate({ shop, settings: settingsOf(values) }))}
    >
      <Stack gap="lg">
        <DisclosureFields form={form} />
        <TimeFields form={form} />
        <CallFields form={form} />
      </Stack>
      <SaveBar
        dirty={dirty}
        saving={save.isPending}
        unsaved={t('unsaved')}
        discard={t('discard')}
        onDiscard={() => form.reset()}
      />
    </form>
  )
}
