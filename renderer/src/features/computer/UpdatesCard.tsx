import { Button, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ShellState } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'
import { codeText } from '../../rpc/failure.ts'
import { Card } from '../../ui/Card.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useMoments } from '../../ui/moment.ts'
import { useShellWrites } from './queries.ts'
import { UpdateProgress } from './UpdateProgress.tsx'

const channels = ['stable', 'beta'] as const

/** Which release runs, which one is coming, and how releases are looked for. */
export function UpdatesCard({ update }: { update: ShellState['update'] }) {
  const { t } = useTranslation('computer')
  const moments = useMoments()
  const info = useQuery(api.system.info.queryOptions())
  const { set, check } = useShellWrites()
  const busy = check.isPending || ['checking', 'downloading', 'waiting'].includes(update.state)
  return (
    <Card title={t('updates.title')}>
      <Stack>
        <Group justify="space-between" gap="sm">
          <Facts
            look="lines"
            facts={[
              [t('version'), info.data?.version ?? '…'],
              update.supported
                ? [
                    t('updates.looked'),
                    update.checkedAt === null ? t('updates.never') : moments.at(update.checkedAt),
                  ]
                : null,
            ]}
          />
          {update.supported ? (
            <Button
              variant="default"
              // Not disabled for the browser: who pressed it with the keyboard would lose their place.
              data-disabled={busy || undefined}
              aria-disabled={busy}
              onClick={() => (busy ? undefined : check.mutate(undefined))}
            >
              {t('updates.look')}
            </Button>
          ) : null}
        </Group>
        {update.supported ? (
          <>
            <UpdateProgress update={update} />
            <Switch
              label={t('updates.automatic')}
              description={t('updates.automaticHint')}
              checked={update.automatic}
              disabled={set.isPending}
              onChange={(event) => set.mutate({ updateAutomatic: event.currentTarget.checked })}
            />
            <div>
              <Text size="sm" fw={550} mb={6}>
                {t('updates.channel')}
              </Text>
              <SegmentedControl
                aria-label={t('updates.channel')}
                value={update.channel}
                disabled={set.isPending}
                onChange={(value) =>
                  set.mutate({ updateChannel: channels.find((each) => each === value) ?? 'stable' })
                }
                data={channels.map((each) => ({ value: each, label: t(`updates.channels.${each}`) }))}
              />
              <Text size="sm" c="dimmed" mt={6}>
                {t(`updates.channelAbout.${update.channel}`)}
              </Text>
            </div>
          </>
        ) : (
          <Text size="sm">{codeText('update.not_supported')}</Text>
        )}
      </Stack>
    </Card>
  )
}
