import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ModelHostStatus, Outputs } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { bytesText, memoryText } from '../../ui/bytes.ts'
import { Card } from '../../ui/Card.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { notifyFailure } from '../../ui/notify.ts'
import { fileName } from '../engines/texts.ts'
import classes from './Models.module.css'

type Computer = Outputs['models']['catalog']['computer']

/** What this computer can carry, and what its models' program does now. */
export function ComputerCard({ computer }: { computer: Computer }) {
  const { t } = useTranslation(['models', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const host = useQuery(api.models.host.queryOptions({ input: {} }))
  const memory = (value: number) => memoryText(value, language)
  return (
    <Card title={t('computer.title')}>
      <Facts
        look="tiles"
        facts={[
          [
            t('computer.memory'),
            t('computer.free', { total: memory(computer.memory), free: memory(computer.freeMemory) }),
          ],
          [t('computer.cores'), String(computer.cores)],
          [
            t('computer.gpu'),
            computer.gpu === null
              ? t('computer.noGpu')
              : `${t(`gpu.${computer.gpu}`)}${
                  computer.gpuMemory === null ? '' : ` · ${memory(computer.gpuMemory)}`
                }`,
          ],
          [t('computer.disk'), bytesText(computer.freeDisk, language)],
        ]}
      />
      <Alert mt="md" color={computer.advice === 'remote' ? 'yellow' : 'green'} icon={<IconBulb size={20} />}>
        <Text size="sm">
          {t(`advice.${computer.advice}`)}{' '}
          {computer.advice === 'remote' ? (
            <Anchor
              component={Link}
              href={screenPath(shop.slug, 'assistant', 'engines')}
              inherit
              underline="always"
            >
              {t('advice.add')}
            </Anchor>
          ) : null}
        </Text>
      </Alert>
      {host.data === undefined ? null : <Host host={host.data} />}
    </Card>
  )
}

function Host({ host }: { host: ModelHostStatus }) {
  const { t } = useTranslation(['models', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const queries = useQueryClient()
  const options = {
    onError: (error: unknown) => notifyFailure(error),
    onSettled: () => queries.invalidateQueries({ queryKey: api.models.host.key() }),
  }
  const turnOn = useMutation(api.models.turnOn.mutationOptions(options))
  const unload = useMutation(api.models.unload.mutationOptions(options))
  const facts = [
    host.chatFile === null ? null : fileName(host.chatFile),
    host.memory === null ? null : t('host.memory', { memory: memoryText(host.memory, language) }),
    host.queued === 0 ? null : t('host.queued', { count: host.queued }),
    host.gpu === null ? null : t(`gpu.${host.gpu}`),
  ].filter((fact) => fact !== null)
  const loaded = host.chatFile !== null || host.embeddingFile !== null
  return (
    <Group mt="md" justify="space-between" gap="sm">
      <div role="status">
        <Text size="sm">
          <strong>{t('host.title')}:</strong> {t(`host.${host.state}`)}
        </Text>
        <div className={classes.soft}>{facts.join(' · ')}</div>
      </div>
      {host.state === 'off' ? (
        <Button variant="default" loading={turnOn.isPending} onClick={() => turnOn.mutate({})}>
          {t('host.turnOn')}
        </Button>
      ) : null}
      {loaded && host.state === 'idle' ? (
        <Button variant="default" loading={unload.isPending} onClick={() => unload.mutate({})}>
          {t('host.unload')}
        </Button>
      ) : null}
    </Group>
  )
}
