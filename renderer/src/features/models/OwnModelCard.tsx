import { Alert, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelFacts } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { client } from '../../rpc/client.ts'
import { failureText } from '../../rpc/failure.ts'
import { bytesText, memoryText } from '../../ui/bytes.ts'
import { Card } from '../../ui/Card.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { fitColors } from './state.ts'
import { useEmbeddingChoice } from './use-embedding.ts'
import { useModelForAnswers } from './use-model.ts'

/** Any GGUF file of the owner's: looked at before it is used. */
export function OwnModelCard() {
  const { t } = useTranslation(['models', 'common'])
  const [file, setFile] = useState('')
  const inspect = useMutation({ mutationFn: (path: string) => client.models.inspect({ file: path }) })
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (file.trim() !== '') inspect.mutate(file.trim())
  }
  return (
    <Card title={t('own.title')}>
      <form noValidate onSubmit={look}>
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t('own.path')}
            description={t('own.help')}
            placeholder={t('own.placeholder')}
            flex="1 1 280px"
            spellCheck={false}
            value={file}
            error={inspect.error === null ? null : failureText(inspect.error)}
            onChange={(event) => {
              setFile(event.currentTarget.value)
              inspect.reset()
            }}
          />
          <Button
            type="submit"
            variant="default"
            mt={{ base: 0, xs: 46 }}
            leftSection={<IconFileSearch size={17} />}
            loading={inspect.isPending}
            disabled={file.trim() === ''}
          >
            {t('own.look')}
          </Button>
        </Group>
      </form>
      <div role="status">
        {inspect.data === undefined ? null : <FileFacts facts={inspect.data} file={file.trim()} />}
      </div>
    </Card>
  )
}

function FileFacts({ facts, file }: { facts: ModelFacts; file: string }) {
  const { t } = useTranslation(['models', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const use = useModelForAnswers()
  const embedding = useEmbeddingChoice()
  const number = new Intl.NumberFormat(language)
  const shown: ([string, string] | null)[] = [
    [t('own.kind'), t(`kind.${facts.kind}`)],
    [t('own.architecture'), facts.architecture],
    [t('own.size'), bytesText(facts.size, language)],
    [t('own.memory'), memoryText(facts.fit.memory, language)],
    [t('own.context'), number.format(facts.fit.contextTokens)],
    facts.quantization === null ? null : [t('own.quantization'), facts.quantization],
    facts.kind === 'chat' ? [t('own.tools'), t(facts.tools ? 'common:yes' : 'common:no')] : null,
  ]
  return (
    <Stack gap="md" mt="md">
      <Group gap={8}>
        <Text fw={650}>{facts.name}</Text>
        <Badge variant="light" color={fitColors[facts.fit.verdict]} tt="none">
          {t(`fit.${facts.fit.verdict}`)}
        </Badge>
      </Group>
      <Facts facts={shown} look="tiles" />
      {facts.kind === 'chat' && !facts.tools ? (
        <Alert color="yellow">
          <Text size="sm">{t('own.noTools')}</Text>
        </Alert>
      ) : null}
      {facts.kind === 'other' ? <Text size="sm">{t('own.other')}</Text> : null}
      <Group>
        {facts.kind === 'chat' ? (
          <Button
            loading={use.isPending}
            disabled={facts.fit.verdict === 'too_large'}
            onClick={() => use.mutate({ file })}
          >
            {t('use.button')}
          </Button>
        ) : null}
        {facts.kind === 'embedding' ? (
          <Button loading={embedding.isPending} onClick={() => embedding.choose(file)}>
            {t('embedding.use')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  )
}
