import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Engine, Inputs } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { failureOf, failureText } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { KeyField } from './KeyField.tsx'
import { PriceFields } from './PriceFields.tsx'
import { useEnginesRefresh } from './queries.ts'
import { RemoteModelField } from './RemoteModelField.tsx'
import { fieldOf, type PriceForm, priceFormOf, priceProblems, pricesOf } from './remote-form.ts'
import { useTestStore } from './store.ts'

interface EngineChangeProps {
  /** Null closes it. */
  engine: Engine | null
  onClose(): void
}

/** Name, key, model and prices of an engine that is there. */
export function EngineChange({ engine, onClose }: EngineChangeProps) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <Modal
      opened={engine !== null}
      onClose={onClose}
      title={t('change.title', { name: engine?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {engine === null ? null : <ChangeForm engine={engine} onChanged={onClose} />}
    </Modal>
  )
}

interface ChangeValues extends PriceForm {
  name: string
  key: string
  model: string
}

function ChangeForm({ engine, onChanged }: { engine: Engine; onChanged(): void }) {
  const { t } = useTranslation(['engines', 'common'])
  const { slug: shop, locale } = useShop()
  const refresh = useEnginesRefresh()
  const provider = engine.provider ?? 'custom'
  const remote = engine.kind === 'remote'
  const form = useForm<ChangeValues>({
    initialValues: {
      name: engine.name,
      key: '',
      model: engine.model ?? '',
      ...priceFormOf(engine.prices, locale),
    },
    validate: (values) => ({
      ...(values.name.trim() === '' ? { name: t('problem.name') } : {}),
      ...(remote && values.model.trim() === '' ? { model: t('problem.model') } : {}),
      ...Object.fromEntries(
        Object.entries(priceProblems(values)).map(([field, problem]) => [field, t(`problem.${problem}`)]),
      ),
    }),
  })
  const showError = (error: unknown) => {
    const field = fieldOf(failureOf(error).code, provider)
    if (field === 'key' || field === 'model') {
      form.setFieldError(field, failureText(error))
      form.getInputNode(field)?.focus()
    }
  }
  const change = useMutation(
    api.engines.change.mutationOptions({
      onError: showError,
      onSuccess: (changed) => {
        notifyDone(t('common:saved'))
        useTestStore.getState().forget(changed.id)
        onChanged()
      },
      onSettled: refresh,
    }),
  )
  const field = change.error === null ? null : fieldOf(failureOf(change.error).code, provider)
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(changesOf(engine, values, shop)))}>
      <Stack>
        {change.error === null || field === 'key' || field === 'model' ? null : (
          <ErrorNotice error={change.error} />
        )}
        <TextInput label={t('add.name')} required maxLength={80} {...form.getInputProps('name')} />
        {remote ? (
          <>
            <KeyField
              label={t('change.key')}
              description={t('change.keyHelp')}
              {...form.getInputProps('key')}
            />
            <RemoteModelField
              address={() => {
                const { key } = form.getValues()
                return {
                  engineId: engine.id,
                  provider,
                  ...(engine.baseUrl === null ? {} : { baseUrl: engine.baseUrl }),
                  ...(key.trim() === '' ? {} : { key: key.trim() }),
                }
              }}
              onListError={showError}
              field={form.getInputProps('model')}
            />
            <PriceFields propsOf={(each) => form.getInputProps(each)} />
          </>
        ) : null}
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Only what is different: a key is checked anew whenever it is sent. */
function changesOf(engine: Engine, values: ChangeValues, shop: string): Inputs['engines']['change'] {
  const prices = pricesOf(values)
  const model = values.model.trim()
  const hadOwn = engine.prices?.source === 'owner'
  return {
    shop,
    engineId: engine.id,
    ...(values.name.trim() === engine.name ? {} : { name: values.name.trim() }),
    ...(values.key.trim() === '' ? {} : { key: values.key.trim() }),
    ...(engine.kind !== 'remote' || model === engine.model ? {} : { model }),
    ...(prices === null && !hadOwn ? {} : { prices }),
  }
}
