import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Customers.module.css'
import { useCustomerWrites } from './queries.ts'

export function CustomerAddresses({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const { removeAddress } = useCustomerWrites()
  const [adding, setAdding] = useState(false)
  const remove = (addressId: string) =>
    removeAddress.mutate(
      { shop: shop.slug, customerId: customer.id, addressId },
      {
        onSuccess: () => notifyDone(t('addresses.removed')),
        onError: (error) => notifyFailure(error),
      },
    )
  return (
    <Section
      title={t('addresses.title')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => setAdding(true)}
        >
          {t('addresses.add')}
        </Button>
      }
    >
      {customer.addresses.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('addresses.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {customer.addresses.map((address) => (
            <li key={address.id}>
              <span className={classes.wrap}>
                {[address.address, address.place].filter((part) => part !== '').join(', ')}
                <span className={classes.soft}>
                  {[
                    address.recipient,
                    address.phone ?? '',
                    address.lastUsedAt === null
                      ? ''
                      : t('addresses.used', {
                          at: dateTimeText(address.lastUsedAt, language, shop.timeZone),
                        }),
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('addresses.remove', { address: address.address })}
                onClick={() =>
                  modals.openConfirmModal({
                    title: t('addresses.removeTitle'),
                    children: <Text size="sm">{address.address}</Text>,
                    labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
                    confirmProps: { color: 'red' },
                    onConfirm: () => remove(address.id),
                  })
                }
              >
                <IconX size={17} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('addresses.add')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <AddAddress customer={customer} onClose={() => setAdding(false)} />
      </Modal>
    </Section>
  )
}

function AddAddress({ customer, onClose }: { customer: Customer; onClose(): void }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const { addAddress } = useCustomerWrites()
  const form = useForm({
    initialValues: { address: '', place: '', recipient: '', phone: '' },
    validate: { address: (value) => (value.trim() === '' ? t('addresses.addressNeeded') : null) },
  })
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        addAddress.mutate(
          {
            shop: shop.slug,
            customerId: customer.id,
            address: {
              address: values.address.trim(),
              place: values.place.trim(),
              recipient: values.recipient.trim(),
              phone: values.phone.trim() === '' ? null : values.phone.trim(),
            },
          },
          {
            onSuccess: () => {
              notifyDone(t('addresses.added'))
              onClose()
            },
          },
        ),
      )}
    >
      <Stack>
        {addAddress.error === null ? null : <ErrorNotice error={addAddress.error} />}
        <TextInput
          label={t('addresses.address')}
          required
          data-autofocus
          maxLength={500}
          {...form.getInputProps('address')}
        />
        <TextInput label={t('addresses.place')} maxLength={200} {...form.getInputProps('place')} />
        <TextInput label={t('addresses.recipient')} maxLength={200} {...form.getInputProps('recipient')} />
        <TextInput label={t('addresses.phone')} type="tel" maxLength={40} {...form.getInputProps('phone')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={addAddress.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
