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
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentTemplate } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { languages } from '../../i18n/index.ts'
import { api, client } from '../../rpc/client.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { LogoField } from './LogoField.tsx'

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

const kinds = ['quote', 'receipt', 'packing_slip'] as const
type PaperKind = (typeof kinds)[number]
type TemplateForm = Omit<DocumentTemplate, 'logoHash'>

function formOf({ logoHash: _, ...template }: DocumentTemplate): TemplateForm {
  return template
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
    validate: {
      colour: (value) => (/^#[0-9a-fA-F]{6}$/.test(value) ? null : t('papers.colourBad')),
    },
  })
  const dirty = form.isDirty()
  const { setValues, resetDirty } = form
  const shown = useRef(template)
  useEffect(() => {
    if (dirty || shown.current === template) return
    shown.current = template
    setValues(formOf(template))
    resetDirty(formOf(template))
  }, [dirty, template, setValues, resetDirty])

  const [making, setMaking] = useState(false)
  const sample = async () => {
    if (form.validate().hasErrors) return
    const tab = window.open('', '_blank')
    setMaking(true)
    try {
      if (dirty) {
        const values = form.getValues()
        await save.mutateAsync({ shop: shop.slug, changes: values })
        form.resetDirty(values)
      }
      const paper = await client.documents.sample({ shop: shop.slug, kind, language })
      const url = mediaUrl(shop.slug, paper.mediaHash)
      if (tab === null) window.location.assign(url)
      else tab.location.replace(url)
    } catch (error) {
      tab?.close()
      notifyFailure(error)
    } finally {
      setMaking(false)
    }
  }
  const at = (field: string) => `${language}.${kind}.${field}`
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate({ shop: shop.slug, changes: values }, { onSuccess: () => form.resetDirty(values) }),
      )}
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
                onChange={(value) => setKind(kinds.find((each) => each === value) ?? 'receipt')}
                data={kinds.map((each) => ({ value: each, label: t(`papers.kinds.${each}`) }))}
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
                loading={making}
                onClick={() => void sample()}
              >
                {dirty ? t('papers.saveSample') : t('papers.sample')}
              </Button>
            </Group>
          </Stack>
        </Card>
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
