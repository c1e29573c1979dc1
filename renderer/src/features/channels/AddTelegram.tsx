import { Accordion, Button, Group, List, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { looksLikeToken } from './state.ts'

export function AddTelegram({ onAdded, onLeave }: { onAdded(): void; onLeave(): void }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: { token: '', apiRoot: '' },
    validate: { token: (value) => (looksLikeToken(value) ? null : t('tokenBad')) },
  })
  const add = useMutation(
    api.channels.addTelegram.mutationOptions({
      onSuccess: (account) => {
        form.reset()
        notifyDone(t('added', { name: account.name }))
        onAdded()
      },
      onSettled: () =>
        queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) }),
    }),
  )
  return (
    <Card title={t('add')}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ token, apiRoot }) =>
          add.mutate({
            shop: shop.slug,
            token: token.trim(),
            ...(apiRoot.trim() === '' ? {} : { apiRoot: apiRoot.trim() }),
          }),
        )}
      >
        <Stack>
          <div>
            <Title order={3} mb={6}>
              {t('botFather.title')}
            </Title>
            <List type="ordered" size="sm" spacing={4}>
              <List.Item>{t('botFather.one')}</List.Item>
              <List.Item>{t('botFather.two')}</List.Item>
              <List.Item>{t('botFather.three')}</List.Item>
            </List>
          </div>
          {add.error === null ? null : <ErrorNotice error={add.error} />}
          <TextInput
            label={t('token')}
            description={t('tokenHelp')}
            required
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('token')}
          />
          <Accordion variant="default">
            <Accordion.Item value="advanced">
              <Accordion.Control>
                <Text size="sm">{t('advanced')}</Text>
              </Accordion.Control>
              <Accordion.Panel>
                <TextInput
                  label={t('apiRoot')}
                  placeholder="https://api.telegram.org"
                  type="url"
                  {...form.getInputProps('apiRoot')}
                />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
          <Group>
            <Button type="submit" loading={add.isPending}>
              {add.isPending ? t('connecting') : t('connect')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onLeave}>
              {t('common:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}
