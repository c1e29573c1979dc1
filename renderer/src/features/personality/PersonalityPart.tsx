import { Skeleton, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Personality } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { SaveBar } from '../../ui/SaveBar.tsx'
import classes from './Personality.module.css'
import { PersonalityFields } from './PersonalityFields.tsx'
import { PreviewCard } from './PreviewCard.tsx'
import { RuleFields } from './RuleFields.tsx'
import { formOf, type PersonalityForm, personalityOf } from './state.ts'

/** How the assistant speaks, with a trial beside it. */
export function PersonalityPart() {
  const shop = useShop()
  const personality = useQuery(api.personality.get.queryOptions({ input: { shop: shop.slug } }))
  if (personality.data === undefined) {
    if (personality.error !== null)
      return <ErrorNotice error={personality.error} onRetry={() => void personality.refetch()} />
    return (
      <Stack aria-hidden>
        <Skeleton height={300} radius="lg" />
        <Skeleton height={180} radius="lg" />
      </Stack>
    )
  }
  return <Editor personality={personality.data} />
}

function Editor({ personality }: { personality: Personality }) {
  const { t } = useTranslation(['personality', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const form = useForm<PersonalityForm>({ initialValues: formOf(personality) })
  const save = useMutation(
    api.personality.set.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.personality.get.queryKey({ input: { shop: shop.slug } }), saved)
        notifyDone(t('saved'))
        const values = formOf(saved)
        form.setValues(values)
        form.resetDirty(values)
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  const dirty = form.isDirty()
  const { setValues, resetDirty } = form
  const shown = useRef(personality)
  // An untouched form follows what others change.
  useEffect(() => {
    if (dirty || shown.current === personality) return
    shown.current = personality
    const values = formOf(personality)
    setValues(values)
    resetDirty(values)
  }, [dirty, personality, setValues, resetDirty])
  return (
    <div className={classes.columns}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          save.mutate({ shop: shop.slug, personality: personalityOf(values) }),
        )}
      >
        <Stack gap="lg">
          <PersonalityFields form={form} />
          <RuleFields form={form} />
        </Stack>
        <SaveBar
          dirty={dirty}
          saving={save.isPending}
          unsaved={t('unsaved')}
          discard={t('discard')}
          onDiscard={() => form.reset()}
        />
      </form>
      <div className={classes.preview}>
        <PreviewCard personality={() => personalityOf(form.getValues())} dirty={dirty} />
      </div>
    </div>
  )
}
