import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelFile } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { api } from '../../rpc/client.ts'
import { failureText } from '../../rpc/failure.ts'
import { bytesText } from '../../ui/bytes.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import classes from './Models.module.css'
import { useModelForAnswers } from './use-model.ts'

/** What lies in the models' folder, and where that is. */
export function FilesCard({ folder }: { folder: string | null }) {
  const { t } = useTranslation(['models', 'common'])
  const files = useQuery(api.models.files.queryOptions({ input: {} }))
  return (
    <Card title={t('files.title')}>
      <Stack gap="md">
        {files.error === null ? null : (
          <ErrorNotice error={files.error} onRetry={() => void files.refetch()} />
        )}
        {files.isPending && files.error === null ? <Skeleton height={60} aria-hidden /> : null}
        {files.data?.length === 0 ? <Text c="dimmed">{t('files.none')}</Text> : null}
        <ul className={classes.list}>
          {files.data?.map((file) => (
            <FileRow key={file.file} file={file} />
          ))}
        </ul>
        {folder === null ? null : <FolderForm key={folder} folder={folder} />}
      </Stack>
    </Card>
  )
}

function FileRow({ file }: { file: ModelFile }) {
  const { t } = useTranslation(['models', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const queries = useQueryClient()
  const use = useModelForAnswers()
  const remove = useMutation(
    api.models.remove.mutationOptions({
      onSuccess: () => notifyDone(t('files.removed', { name: file.name })),
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
    }),
  )
  const askRemove = () =>
    modals.openConfirmModal({
      title: t('files.removeTitle', { name: file.name }),
      children: <Text size="sm">{t('files.removeBody')}</Text>,
      labels: { confirm: t('common:delete'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ file: file.file }),
    })
  return (
    <li className={classes.model}>
      <div className={classes.head}>
        <div className={classes.text}>
          <Group gap={8}>
            <Text fw={650} span>
              {file.name}
            </Text>
            <Badge variant="light" color="gray" tt="none">
              {t(`kind.${file.kind}`)}
            </Badge>
          </Group>
          <div className={classes.soft}>
            {bytesText(file.size, language)} · {file.file}
          </div>
          {file.usedBy.length === 0 ? null : (
            <div className={classes.soft}>
              {t('files.usedBy', {
                names: file.usedBy.map((user) => `${user.name} (${user.shop})`).join(', '),
              })}
            </div>
          )}
        </div>
        <Group gap="xs">
          {file.kind === 'chat' && file.usedBy.length === 0 ? (
            <Button
              variant="default"
              loading={use.isPending}
              aria-label={t('use.named', { name: file.name })}
              onClick={() => use.mutate({ file: file.file })}
            >
              {t('use.button')}
            </Button>
          ) : null}
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('files.removeNamed', { name: file.name })}
            loading={remove.isPending}
            onClick={askRemove}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      </div>
    </li>
  )
}

function FolderForm({ folder }: { folder: string }) {
  const { t } = useTranslation(['models', 'common'])
  const queries = useQueryClient()
  const [value, setValue] = useState(folder)
  const set = useMutation(
    api.models.setFolder.mutationOptions({
      onSuccess: () => notifyDone(t('common:saved')),
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
    }),
  )
  const keep = (event: FormEvent) => {
    event.preventDefault()
    set.mutate({ folder: value.trim() })
  }
  return (
    <form noValidate onSubmit={keep}>
      <Group align="flex-start" gap="sm">
        <TextInput
          label={t('files.folder')}
          description={t('files.folderHelp')}
          flex="1 1 280px"
          spellCheck={false}
          value={value}
          error={set.error === null ? null : failureText(set.error)}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          mt={{ base: 0, xs: 46 }}
          loading={set.isPending}
          disabled={value.trim() === '' || value.trim() === folder}
        >
          {t('common:save')}
        </Button>
      </Group>
    </form>
  )
}
