import {
  Alert,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { useCustomerWrites } from './queries.ts'
import { type CustomerForm, changesOf, emptyCustomer, formOf, inputOf, problemsOf } from './state.ts'

interface CustomerFieldsProps {
  /** Null: somebody new. */
  customer: Customer | null
  onCreated?(created: Customer): void
}

/** What the shop knows of a person, to be corrected by hand. */
export function CustomerFields({ customer, onCreated }: CustomerFieldsProps) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const { create, update } = useCustomerWrites()
  const original = useRef(customer)
  const texts = { nothing: t('fields.nothing'), email: t('fields.emailBad'), phone: t('fields.phoneBad') }
  const form = useForm<CustomerForm>({
    initialValues: customer === null ? emptyCustomer : formOf(customer),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values, customer === null)).map(([path, problem]) => [
          path,
          texts[problem],
        ]),
      ),
  })
  const dirty = form.isDirty()
  const { setValues, resetDirty } = form
  // An untouched form follows what others change.
  useEffect(() => {
    if (customer === null || dirty || customer.revision === original.current?.revision) return
    original.current = customer
    setValues(formOf(customer))
    resetDirty(formOf(customer))
  }, [customer, dirty, setValues, resetDirty])

  const load = async () => {
    if (customer === null) return
    const fresh = await queries.fetchQuery({
      ...api.customers.get.queryOptions({ input: { shop: shop.slug, customerId: customer.id } }),
      staleTime: 0,
    })
    original.current = fresh
    form.setValues(formOf(fresh))
    form.resetDirty(formOf(fresh))
    update.reset()
  }
  const save = (values: CustomerForm) => {
    const before = original.current
    if (before === null) {
      create.mutate(
        { shop: shop.slug, customer: inputOf(values) },
        {
          onSuccess: (created) => {
            notifyDone(t('created'))
            onCreated?.(created)
          },
        },
      )
      return
    }
    update.mutate(
      {
        shop: shop.slug,
        customerId: before.id,
        changes: changesOf(values, before),
        expectedRevision: before.revision,
      },
      {
        onSuccess: (saved) => {
          original.current = saved
          form.setValues(formOf(saved))
          form.resetDirty(formOf(saved))
          notifyDone(t('saved'))
        },
      },
    )
  }
  const failure = create.error ?? update.error
  return (
    <Section title={t('fields.title')}>
      <form
        noValidate
        onSubmit={form.onSubmit(save, (errors) => {
          const first = Object.keys(errors)[0]
          if (first !== undefined) form.getInputNode(first)?.focus()
        })}
      >
        <Stack>
          {isFailure(failure, 'conflict') ? (
            <Alert color="yellow" title={t('conflict.title')} role="alert">
              <Text size="sm" mb="sm">
                {t('conflict.body')}
              </Text>
              <Button size="xs" variant="default" onClick={() => void load()}>
                {t('conflict.load')}
              </Button>
            </Alert>
          ) : failure === null ? null : (
            <ErrorNotice error={failure} />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('fields.name')} maxLength={200} {...form.getInputProps('name')} />
            <TextInput label={t('fields.phone')} type="tel" maxLength={40} {...form.getInputProps('phone')} />
            <TextInput
              label={t('fields.email')}
              type="email"
              maxLength={200}
              {...form.getInputProps('email')}
            />
            <TextInput label={t('fields.nationalId')} maxLength={40} {...form.getInputProps('nationalId')} />
            <Select
              label={t('fields.language')}
              allowDeselect={false}
              data={[
                { value: '', label: t('fields.languageAny') },
                { value: 'es', label: t('fields.es') },
                { value: 'en', label: t('fields.en') },
              ]}
              {...form.getInputProps('language')}
            />
            <Select
              label={t('fields.form')}
              allowDeselect={false}
              data={[
                { value: '', label: t('fields.formAny') },
                { value: 'tu', label: t('fields.tu') },
                { value: 'usted', label: t('fields.usted') },
                { value: 'vos', label: t('fields.vos') },
              ]}
              {...form.getInputProps('formOfAddress')}
            />
          </SimpleGrid>
          <Textarea
            label={t('fields.notes')}
            description={t('fields.notesHelp')}
            autosize
            minRows={2}
            maxRows={10}
            {...form.getInputProps('notes')}
          />
          <Group justify="space-between">
            <Switch label={t('fields.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
            <Button
              type="submit"
              loading={create.isPending || update.isPending}
              disabled={customer !== null && !dirty}
            >
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
