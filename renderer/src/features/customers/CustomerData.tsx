import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconDownload, IconEraser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { saveText } from '../../rpc/download.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { useCustomerWrites } from './queries.ts'
import { isTyped } from './state.ts'

/** What a person may ask for: a copy of their data, or that it is erased. */
export function CustomerData({ customer, onErased }: { customer: Customer; onErased(): void }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const [erasing, setErasing] = useState(false)
  const exported = useMutation(
    api.customers.exportData.mutationOptions({
      onSuccess: ({ name, json }) => saveText(name, json, 'application/json'),
      onError: (error) => notifyFailure(error),
    }),
  )
  return (
    <Section title={t('data.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('data.lead')}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size={17} />}
          loading={exported.isPending}
          onClick={() => exported.mutate({ shop: shop.slug, customerId: customer.id })}
        >
          {t('data.export')}
        </Button>
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconEraser size={17} />}
          onClick={() => setErasing(true)}
        >
          {t('data.erase')}
        </Button>
      </Group>
      <Modal
        opened={erasing}
        onClose={() => setErasing(false)}
        title={t('data.eraseTitle', { name: customer.name || t('unnamed') })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Erasure customer={customer} onClose={() => setErasing(false)} onErased={onErased} />
      </Modal>
    </Section>
  )
}

function Erasure(props: { customer: Customer; onClose(): void; onErased(): void }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const { erase } = useCustomerWrites()
  const [typed, setTyped] = useState('')
  const { customer, onClose, onErased } = props
  const sure = isTyped(typed, customer.name)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!sure) return
        erase.mutate(
          { shop: shop.slug, customerId: customer.id, confirmName: typed },
          {
            onSuccess: () => {
              notifyDone(t('data.erasedDone'))
              onClose()
              onErased()
            },
          },
        )
      }}
    >
      <Stack>
        {erase.error === null ? null : <ErrorNotice error={erase.error} />}
        <Text size="sm">{t('data.eraseBody')}</Text>
        {customer.name === '' ? null : (
          <TextInput
            label={t('data.eraseType', { name: customer.name })}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!sure} loading={erase.isPending}>
            {t('data.eraseConfirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
