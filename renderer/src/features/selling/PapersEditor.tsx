import {
  Button,
  ColorInput,
  Group,
  SegmentedControl,
  Skeleton,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconFileText } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentTemplate } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { languages } from '../../i18n/index.ts'
import { api, client } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { useOpenedPaper } from '../../ui/opened-paper.ts'
import { LogoField } from './LogoField.tsx'
import { formOf, type PaperKind, paperKinds, placeOf, problemsOf, type TemplateForm } from './papers-form.ts'

/** What the shop's papers look like and say. */
export function PapersEditor() {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const template = useQuery(api.documents.template.queryOptions({ input: { shop: shop.slug } }))
  if (template.error !== null && template.data === undefined) {
    return <ErrorNotice error={template.error} onRetry={() => void template.refetch()} />
  }
  if (template.data === undefined) return <Skeleton height={320} radius="lg" aria-hidden />
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t('papers.lead')}</Text>
      <Editor template={template.data} />
    </Stack>
  )
}

function Editor({ template }: { template: DocumentTemplate }) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const [kind, setKind] = useState<PaperKind>('receipt')
  const [language, setLanguage] = useState<'es' | 'en'>(shop.locale.startsWith('en') ? 'en' : 'es')
  const save = useMutation(
    api.documents.setTemplate.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.documents.template.queryKey({ input: { shop: shop.slug } }), saved)
        notifyDone(t('saved'))
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  const form = useForm<TemplateForm>({
    initialValues: formOf(template),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values)).map(([path, problem]) => [
          path,
          problem === 'colour' ? t('papers.colourBad') : t('papers.titleNeeded'),
        ]),
      ),
  })
  const dirty = form.isDirty()

  // What is wrong may belong to a paper that is not on the screen.
  const showFirst = (errors: Record<string, unknown>) => {
    const first = Object.keys(errors)[0]
    if (first === undefined) return
    const place = placeOf(first)
    if (place !== null) {
      setKind(place.kind)
      setLanguage(place.language)
    }
    requestAnimationFrame(() => form.getInputNode(first)?.focus())
  }
  const paper = useOpenedPaper()
  const sample = async () => {
    const { hasErrors, errors } = form.validate()
    if (hasErrors) {
      showFirst(errors)
      return
    }
    await paper.open(async () => {
      if (dirty) {
        const values = form.getValues()
        await save.mutateAsync({ shop: shop.slug, changes: values })
        form.resetDirty(values)
      }
      return await client.documents.sample({ shop: shop.slug, kind, language })
    })
  }
  const at = (field: string) => `${language}.${kind}.${field}`
  return (
    <EditorForm
      form={form}
      kept={formOf(template)}
      save={async (values) => formOf(await save.mutateAsync({ shop: shop.slug, changes: values }))}
      unsaved={t('unsaved')}
      discard={t('discard')}
      onProblems={showFirst}
    >
      <Stack gap="lg">
        <Card title={t('papers.look')}>
          <Stack>
            <LogoField logoHash={template.logoHash} />
            <ColorInput
              label={t('papers.colour')}
              maw={220}
              format="hex"
              eyeDropperButtonProps={{ 'aria-label': t('papers.colour') }}
              {...form.getInputProps('colour')}
            />
            <Textarea
              label={t('papers.legal')}
              description={t('papers.legalHelp')}
              autosize
              minRows={2}
              maxLength={1000}
              {...form.getInputProps('legal')}
            />
            <Switch label={t('papers.showSku')} {...form.getInputProps('showSku', { type: 'checkbox' })} />
            <Switch
              label={t('papers.showTaxes')}
              {...form.getInputProps('showTaxes', { type: 'checkbox' })}
            />
          </Stack>
        </Card>
        <Card title={t('papers.words')}>
          <Stack>
            <Group gap="sm">
              <SegmentedControl
                aria-label={t('papers.kind')}
                value={kind}
                onChange={(value) => setKind(paperKinds.find((each) => each === value) ?? 'receipt')}
                data={paperKinds.map((each) => ({ value: each, label: t(`papers.kinds.${each}`) }))}
              />
              <SegmentedControl
                aria-label={t('papers.language')}
                value={language}
                onChange={(value) => setLanguage(languages.find((each) => each === value) ?? 'es')}
                data={languages.map((each) => ({ value: each, label: t(`papers.${each}`) }))}
              />
            </Group>
            <TextInput
              key={at('title')}
              label={t('papers.docTitle')}
              required
              maxLength={80}
              {...form.getInputProps(at('title'))}
            />
            <Textarea
              key={at('intro')}
              label={t('papers.intro')}
              autosize
              minRows={2}
              maxLength={4000}
              {...form.getInputProps(at('intro'))}
            />
            <Textarea
              key={at('terms')}
              label={t('papers.terms')}
              autosize
              minRows={2}
              maxLength={4000}
              {...form.getInputProps(at('terms'))}
            />
            <TextInput
              key={at('footer')}
              label={t('papers.footer')}
              maxLength={500}
              {...form.getInputProps(at('footer'))}
            />
            <Group>
              <Button
                variant="default"
                leftSection={<IconFileText size={17} />}
                loading={paper.opening}
                onClick={() => void sample()}
              >
                {dirty ? t('papers.saveSample') : t('papers.sample')}
              </Button>
            </Group>
          </Stack>
        </Card>
      </Stack>
    </EditorForm>
  )
}
