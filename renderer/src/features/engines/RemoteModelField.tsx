import { Autocomplete, type AutocompleteProps, Button, Group, Text } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Inputs, RemoteModel } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { client } from '../../rpc/client.ts'
import classes from './Engines.module.css'
import { useEngineTexts } from './texts.ts'

type Address = Omit<Inputs['engines']['remoteModels'], 'shop'>

interface RemoteModelFieldProps {
  /** Where to ask for the list; null when something is missing for it. */
  address(): Address | null
  onListError(error: unknown): void
  field: AutocompleteProps
}

/** The model by its name at the service: chosen from its list, or written. */
export function RemoteModelField({ address, onListError, field }: RemoteModelFieldProps) {
  const { t } = useTranslation(['engines', 'common'])
  const { slug: shop } = useShop()
  const texts = useEngineTexts()
  const language = usePreferences((preferences) => preferences.language)
  const list = useMutation({
    mutationFn: (from: Address) => client.engines.remoteModels({ shop, ...from }),
    onError: onListError,
  })
  const models = new Map((list.data ?? []).map((model) => [model.id, model]))
  const chosen = models.get(typeof field.value === 'string' ? field.value.trim() : '')
  const about = (model: RemoteModel) =>
    [
      model.name === model.id ? null : model.name,
      model.prices === null ? null : texts.prices(model.prices),
      model.contextTokens === null
        ? null
        : t('context', { tokens: new Intl.NumberFormat(language).format(model.contextTokens) }),
      model.tools === false ? t('model.noTools') : null,
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <div>
      <Group align="flex-end" gap="sm">
        <Autocomplete
          label={t('model.label')}
          description={t('model.help')}
          required
          flex="1 1 240px"
          spellCheck={false}
          maxLength={200}
          limit={80}
          data={[...models.keys()]}
          renderOption={({ option }) => {
            const model = models.get(option.value)
            return (
              <span className={classes.option}>
                <span>{option.value}</span>
                {model === undefined ? null : <span className={classes.soft}>{about(model)}</span>}
              </span>
            )
          }}
          {...field}
        />
        <Button
          variant="default"
          leftSection={<IconListSearch size={17} />}
          loading={list.isPending}
          onClick={() => {
            const from = address()
            if (from !== null) list.mutate(from)
          }}
        >
          {t('model.load')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={4} role="status">
        {chosen !== undefined
          ? about(chosen)
          : list.data === undefined
            ? ''
            : t('model.found', { count: list.data.length })}
      </Text>
    </div>
  )
}
