import { Skeleton, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Personality } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
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
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  const dirty = form.isDirty()
  return (
    <div className={classes.columns}>
      <EditorForm
        form={form}
        kept={formOf(personality)}
        save={async (values) =>
          formOf(await save.mutateAsync({ shop: shop.slug, personality: personalityOf(values) }))
        }
        unsaved={t('unsaved')}
        discard={t('discard')}
      >
        <Stack gap="lg">
          <PersonalityFields form={form} />
          <RuleFields form={form} />
        </Stack>
      </EditorForm>
      <div className={classes.preview}>
        <PreviewCard personality={() => personalityOf(form.getValues())} dirty={dirty} />
      </div>
    </div>
  )
}
