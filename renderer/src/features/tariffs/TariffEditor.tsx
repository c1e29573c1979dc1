import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tariff } from '../../../../preload/contract/index.ts'
import { useIsOwner } from '../../app/me.ts'
import { useShop } from '../../app/shop.ts'
import { languages } from '../../i18n/index.ts'
import { api } from '../../rpc/client.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { OwnerEdits } from '../access/OwnerOnly.tsx'
import { definitionOf } from './definition.ts'
import { ElementFields } from './ElementFields.tsx'
import { type Form, focusSoon, useRemovalNoticeEnds } from './editing.ts'
import { formOf, type Language, type TariffForm, untranslated } from './form.ts'
import { InputFields } from './InputFields.tsx'
import { Preview } from './Preview.tsx'
import { problemsOf } from './problems.ts'
import { useTariffRemoval } from './removal.tsx'
import classes from './Tariffs.module.css'
import { TermFields } from './TermFields.tsx'
import { type Refusal, useProblemText, useRefusal } from './texts.ts'

interface TariffEditorProps {
  productId: string
  /** Null: a new one, begun from `start`. */
  tariff: Tariff | null
  start: TariffForm
  /** Gives the start up, or follows a removal. */
  onDiscard(): void
}

export function TariffEditor({ productId, tariff, start, onDiscard }: TariffEditorProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const isOwner = useIsOwner()
  const queries = useQueryClient()
  const problemText = useProblemText()
  const refusalOf = useRefusal()
  useRemovalNoticeEnds()
  const [language, setLanguage] = useState<Language>(shop.locale.startsWith('en') ? 'en' : 'es')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  // The tariff as it was when editing began: what others change meanwhile is a conflict, not overwritten.
  const original = useRef(tariff)
  const form = useForm<TariffForm>({
    initialValues: start,
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values, shop)).map(([path, problem]) => [path, problemText(problem)]),
      ),
  })
  const dirty = form.isDirty() || tariff === null
  const { setValues, resetDirty } = form
  const show = (shown: Tariff | null) => {
    original.current = shown
    if (shown === null) return
    const values = formOf(shown.definition, shop)
    setValues(values)
    resetDirty(values)
  }
  useEffect(() => {
    if (tariff === null || form.isDirty() || tariff.revision === original.current?.revision) return
    original.current = tariff
    const values = formOf(tariff.definition, shop)
    setValues(values)
    resetDirty(values)
  }, [tariff, form, shop, setValues, resetDirty])

  const input = { shop: shop.slug, productId }
  const save = useMutation(
    api.tariffs.set.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.tariffs.get.queryKey({ input }), saved)
        setRefusal(null)
        show(saved)
        notifyDone(t('saved'))
      },
      onError: (error) => {
        const refused = refusalOf(error, form.getValues(), language)
        setRefusal(refused)
        if (refused?.field === null || refused === null) return
        const label = /label$|question$/.test(refused.field)
        const path = label ? `${refused.field}.${language}` : refused.field
        form.setFieldError(path, refused.text)
        focusSoon(() => form.getInputNode(path))
      },
    }),
  )
  const remove = useTariffRemoval(productId, onDiscard)
  const load = async () => {
    const fresh = await queries.fetchQuery({ ...api.tariffs.get.queryOptions({ input }), staleTime: 0 })
    save.reset()
    setRefusal(null)
    form.clearErrors()
    show(fresh)
  }
  const submit = (values: TariffForm) => {
    setRefusal(null)
    save.mutate({
      ...input,
      definition: definitionOf(values, shop),
      expectedRevision: original.current?.revision ?? 0,
    })
  }
  const values = form.getValues()
  return (
    <form noValidate onSubmit={form.onSubmit(submit, (errors) => focusFirst(errors, form))}>
      <Stack gap="lg">
        <Writing values={values} language={language} onChange={setLanguage} />
        {isFailure(save.error, 'conflict') ? (
          <Alert color="yellow" title={t('conflict.title')} role="alert">
            <Text size="sm" mb="sm">
              {t('conflict.body')}
            </Text>
            <Button size="xs" variant="default" onClick={() => void load()}>
              {t('conflict.load')}
            </Button>
          </Alert>
        ) : refusal !== null ? (
          <Alert color="red" role="alert">
            {refusal.text}
          </Alert>
        ) : save.error === null ? null : (
          <ErrorNotice error={save.error} />
        )}
        <div className={classes.columns}>
          <div>
            <OwnerEdits>
              <Stack gap="lg">
                <InputFields form={form} language={language} />
                <ElementFields form={form} language={language} />
                <TermFields form={form} language={language} />
              </Stack>
            </OwnerEdits>
          </div>
          <div className={classes.preview}>
            <Preview values={values} language={language} />
          </div>
        </div>
      </Stack>
      <SaveBar
        dirty={dirty}
        saving={save.isPending}
        unsaved={tariff === null ? t('unsavedNew') : t('unsaved')}
        discard={t('discard')}
        onDiscard={() => {
          setRefusal(null)
          save.reset()
          if (tariff === null) onDiscard()
          else form.reset()
        }}
      />
      {tariff === null || !isOwner ? null : (
        <Group mt="lg">
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => remove(tariff)}
          >
            {t('remove.action')}
          </Button>
        </Group>
      )}
    </form>
  )
}

interface WritingProps {
  values: TariffForm
  language: Language
  onChange(language: Language): void
}

/** In which language the texts are written, and how many of them the other one still lacks. */
function Writing({ values, language, onChange }: WritingProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const lacking = untranslated(values, language)
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t('writing.label')}
        value={language}
        onChange={(value) => onChange(languages.find((each) => each === value) ?? 'es')}
        data={languages.map((each) => ({ value: each, label: t(`writing.${each}`) }))}
      />
      <Text size="sm" c="dimmed" role="status" flex="1 1 240px">
        {lacking === 0
          ? t('writing.complete')
          : t(language === 'es' ? 'writing.lackingEs' : 'writing.lackingEn', { count: lacking })}
      </Text>
    </Group>
  )
}

function focusFirst(errors: Record<string, unknown>, form: Form): void {
  for (const path of Object.keys(errors)) {
    const node = form.getInputNode(path)
    if (node === null) continue
    node.focus()
    return
  }
}
