import { Accordion, Alert, Anchor, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCloud, IconHome } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { failureOf, failureText } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { KeyField } from './KeyField.tsx'
import { PriceFields } from './PriceFields.tsx'
import { PrivacyNotice } from './PrivacyCard.tsx'
import { useEnginesRefresh } from './queries.ts'
import { RemoteModelField } from './RemoteModelField.tsx'
import {
  addressOf,
  addressProblems,
  emptyRemote,
  fieldOf,
  presets,
  providers,
  type RemoteForm,
  type RemoteProblem,
  remoteInputOf,
  remoteProblems,
  staysHere,
} from './remote-form.ts'
import { useTestStore } from './store.ts'

export function AddRemote({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('add.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened ? <AddForm onAdded={onClose} /> : null}
    </Modal>
  )
}

const keyPages = {
  deepseek: 'https://platform.deepseek.com/api_keys',
  openrouter: 'https://openrouter.ai/settings/keys',
  custom: null,
} as const

function AddForm({ onAdded }: { onAdded(): void }) {
  const { t } = useTranslation(['engines', 'common'])
  const { slug: shop } = useShop()
  const refresh = useEnginesRefresh()
  const [openedPart, setOpenedPart] = useState<string | null>(null)
  const runTest = useTestStore((store) => store.run)
  const texts = (problems: Partial<Record<keyof RemoteForm, RemoteProblem>>) =>
    Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, t(`problem.${problem}`)]))
  const form = useForm<RemoteForm>({
    initialValues: emptyRemote,
    validate: (values) => texts(remoteProblems(values)),
  })
  const { values } = form
  /** Puts an error where it belongs; what belongs nowhere stands above the form. */
  const showError = (error: unknown) => {
    const field = fieldOf(failureOf(error).code, form.getValues().provider)
    if (field === null) return
    form.setFieldError(field, failureText(error))
    form.getInputNode(field)?.focus()
  }
  const add = useMutation(
    api.engines.addRemote.mutationOptions({
      onError: showError,
      onSuccess: (engine) => {
        notifyDone(t('add.done', { name: engine.name }))
        onAdded()
        void runTest(shop, engine.id).then(refresh)
      },
      onSettled: refresh,
    }),
  )
  const general =
    add.error !== null && fieldOf(failureOf(add.error).code, values.provider) === null ? add.error : null
  // What is wrong inside must not stay folded away.
  const inside = [form.errors.inputPrice, form.errors.cachedPrice, form.errors.outputPrice]
  if (values.provider !== 'custom') inside.push(form.errors.baseUrl)
  const shownPart = inside.some((error) => error !== undefined && error !== null) ? 'advanced' : openedPart
  const page = keyPages[values.provider]
  const here = values.provider === 'custom' && staysHere(values.baseUrl)
  return (
    <form noValidate onSubmit={form.onSubmit((ready) => add.mutate(remoteInputOf(ready, shop)))}>
      <Stack>
        {general === null ? null : <ErrorNotice error={general} />}
        <Radio.Group label={t('add.service')} {...form.getInputProps('provider')}>
          <Stack gap={8} mt={6}>
            {providers.map((provider) => (
              <Radio
                key={provider}
                value={provider}
                label={t(`provider.${provider}`)}
                description={t(`providerAbout.${provider}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {values.provider === 'custom' ? (
          <div>
            <TextInput
              label={t('add.address')}
              description={t('add.addressHelp')}
              placeholder="http://127.0.0.1:1234/v1"
              required
              type="url"
              spellCheck={false}
              {...form.getInputProps('baseUrl')}
            />
            <Group gap={6} mt={8} role="group" aria-label={t('add.presets')}>
              {presets.map((preset) => (
                <Button
                  key={preset.name}
                  size="compact-sm"
                  variant="default"
                  onClick={() => form.setFieldValue('baseUrl', preset.baseUrl)}
                >
                  {preset.name}
                </Button>
              ))}
            </Group>
          </div>
        ) : null}
        <KeyField
          label={t('add.key')}
          description={values.provider === 'custom' ? t('add.keyOptional') : t('add.keyHelp')}
          required={values.provider !== 'custom'}
          {...form.getInputProps('key')}
        />
        {page === null ? null : (
          <Text size="sm">
            <Anchor href={page} target="_blank" rel="noreferrer">
              {t('add.keyPage')}
            </Anchor>
          </Text>
        )}
        <RemoteModelField
          address={() => {
            const problems = addressProblems(form.getValues())
            form.setErrors(texts(problems))
            return Object.keys(problems).length > 0 ? null : addressOf(form.getValues())
          }}
          onListError={showError}
          field={form.getInputProps('model')}
        />
        <Accordion variant="default" value={shownPart} onChange={setOpenedPart}>
          <Accordion.Item value="advanced">
            <Accordion.Control>
              <Text size="sm">{t('add.advanced')}</Text>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <TextInput label={t('add.name')} maxLength={80} {...form.getInputProps('name')} />
                {values.provider === 'custom' ? null : (
                  <TextInput
                    label={t('add.otherAddress')}
                    type="url"
                    spellCheck={false}
                    {...form.getInputProps('baseUrl')}
                  />
                )}
                <PriceFields propsOf={(field) => form.getInputProps(field)} />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <Alert
          color={here ? 'green' : 'yellow'}
          icon={here ? <IconHome size={20} /> : <IconCloud size={20} />}
          title={here ? t('privacy.hereTitle') : t('privacy.title')}
        >
          {here ? <Text size="sm">{t('privacy.here')}</Text> : <PrivacyNotice />}
        </Alert>
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('add.submit')}
          </Button>
        </Group>
        <span className="visually-hidden" role="status">
          {add.isPending ? t('add.checking') : ''}
        </span>
      </Stack>
    </form>
  )
}
