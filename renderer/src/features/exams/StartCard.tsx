import { Box, Button, Chip, Group, NativeSelect, NumberInput, Progress, Stack, Text } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveStore } from '../../app/live-store.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyFailure } from '../../ui/notify.ts'
import { useEngines } from '../engines/queries.ts'
import { askedOf } from '../engines/state.ts'
import { useEngineTexts } from '../engines/texts.ts'
import { groupsOf } from './state.ts'
import { useExamTexts } from './texts.ts'

interface Choice {
  /** Empty for the first of the order. */
  engineId: string
  /** A model that plays the customers who order; empty for rules. */
  customer: string
  /** Groups that are left out, so that what comes later is in. */
  without: string[]
  /** Cases of each class at most. */
  most: number | string
}

/** Puts an engine through its cases, on a copy of the shop. */
export function StartCard() {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const runs = useQuery(api.exam.list.queryOptions({ input: { shop } }))
  // Kept while an exam runs: the next one is often of the same kind.
  const [choice, setChoice] = useState<Choice>({ engineId: '', customer: '', without: [], most: 5 })
  const running = runs.data?.find((run) => run.state === 'running')
  return (
    <Card title={t('start.title')}>
      <Text c="dimmed" size="sm" mb="md">
        {t('start.lead')}
      </Text>
      {running === undefined ? (
        <StartForm choice={choice} onChoose={setChoice} />
      ) : (
        <Running runId={running.runId} />
      )}
    </Card>
  )
}

interface StartFormProps {
  choice: Choice
  onChoose(choice: Choice): void
}

function StartForm({ choice, onChoose }: StartFormProps) {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const texts = useExamTexts()
  const engineTexts = useEngineTexts()
  const engines = useEngines()
  const { engineId, customer, without, most } = choice
  const known = useQuery(api.exam.classes.queryOptions({ input: { shop } }))
  const groups = groupsOf(known.data ?? [])
  const classes = groups.map((group) => group.name).filter((name) => !without.includes(name))
  const start = useMutation(
    api.exam.start.mutationOptions({
      onSuccess: ({ runId, total }) => useLiveStore.setState({ exam: { runId, done: 0, total } }),
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.exam.list.key() }),
    }),
  )
  const asked = askedOf(engines.data ?? [])
  const models = asked.filter((engine) => engine.kind !== 'builtin')
  const chosen = engineId === '' ? asked[0]?.id : engineId
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen === undefined || classes.length === 0) return
    start.mutate({
      shop,
      engineId: chosen,
      ...(classes.length === groups.length ? {} : { classes }),
      ...(typeof most === 'number' ? { most } : {}),
      ...(customer === '' ? {} : { customer }),
    })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Group align="flex-end" gap="md">
          <NativeSelect
            label={t('start.engine')}
            flex="1 1 220px"
            value={chosen ?? ''}
            onChange={(event) => onChoose({ ...choice, engineId: event.currentTarget.value })}
            data={asked.map((engine) => ({ value: engine.id, label: engineTexts.name(engine) }))}
          />
          {models.length === 0 ? null : (
            <NativeSelect
              label={t('start.customer')}
              flex="1 1 220px"
              value={customer}
              onChange={(event) => onChoose({ ...choice, customer: event.currentTarget.value })}
              data={[
                { value: '', label: t('start.rules') },
                ...models.map((engine) => ({ value: engine.id, label: engineTexts.name(engine) })),
              ]}
            />
          )}
          <NumberInput
            label={t('start.most')}
            flex="0 1 200px"
            min={1}
            max={1000}
            allowDecimal={false}
            value={most}
            onChange={(value) => onChoose({ ...choice, most: value })}
          />
        </Group>
        {known.error === null ? null : (
          <ErrorNotice error={known.error} onRetry={() => void known.refetch()} />
        )}
        <Box role="group" aria-label={t('start.classes')}>
          <Group gap="xs" mb={6}>
            <Text size="sm" fw={550} mr="xs">
              {t('start.classes')}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => onChoose({ ...choice, without: [] })}>
              {t('start.all')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onChoose({ ...choice, without: groups.map((group) => group.name) })}
            >
              {t('start.none')}
            </Button>
          </Group>
          <Chip.Group
            multiple
            value={classes}
            onChange={(chosen) =>
              onChoose({
                ...choice,
                without: groups.map((group) => group.name).filter((name) => !chosen.includes(name)),
              })
            }
          >
            <Group gap={8}>
              {groups.map(({ name, cases }) => (
                <Chip key={name} value={name} variant="outline">
                  {texts.className(name)} ({cases})
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Box>
        <Group>
          <Button
            type="submit"
            leftSection={<IconSchool size={18} />}
            loading={start.isPending}
            disabled={chosen === undefined || classes.length === 0}
          >
            {t('start.button')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Running({ runId }: { runId: string }) {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const progress = useLiveStore((live) => (live.exam?.runId === runId ? live.exam : null))
  const cancel = useMutation(
    api.exam.cancel.mutationOptions({
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.exam.key() }),
    }),
  )
  const share = progress === null || progress.total === 0 ? null : progress.done / progress.total
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text role="status" fw={600}>
          {t('start.running')}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {progress === null ? '' : t('start.progress', { done: progress.done, total: progress.total })}
        </Text>
      </Group>
      <Progress
        size="lg"
        animated
        value={share === null ? 100 : share * 100}
        aria-label={t('start.running')}
      />
      <Group>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ shop, runId })}>
          {t('common:cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
