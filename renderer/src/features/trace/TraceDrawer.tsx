import {
  Accordion,
  Alert,
  Badge,
  Code,
  Drawer,
  Group,
  Skeleton,
  Stack,
  Text,
  Timeline,
  Title,
} from '@mantine/core'
import {
  IconCheck,
  IconDatabaseSearch,
  IconPencil,
  IconShieldCheck,
  IconShieldExclamation,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Trace } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { codeText, isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatMoney } from '../../ui/money.ts'
import {
  argumentLines,
  durationText,
  findingKind,
  knownTable,
  knownTool,
  resultLines,
  tokensOf,
} from './state.ts'
import classes from './Trace.module.css'

interface TraceDrawerProps {
  /** The reply to explain; null closes the drawer. */
  messageId: string | null
  onClose(): void
}

/** "Why did it say that?": what the engine looked up, what came back and what the money gate said. */
export function TraceDrawer({ messageId, onClose }: TraceDrawerProps) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const trace = useQuery(
    api.traces.get.queryOptions({
      input: { shop: shop.slug, messageId: messageId ?? '-' },
      enabled: messageId !== null,
    }),
  )
  return (
    <Drawer
      opened={messageId !== null}
      onClose={onClose}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {trace.error === null ? null : isFailure(trace.error, 'not_found') ? (
        <Text c="dimmed">{t('none')}</Text>
      ) : (
        <ErrorNotice error={trace.error} onRetry={() => void trace.refetch()} />
      )}
      {messageId !== null && trace.isPending ? (
        <Stack aria-hidden>
          <Skeleton height={90} />
          <Skeleton height={140} />
          <Skeleton height={80} />
        </Stack>
      ) : null}
      {trace.data === undefined ? null : <TraceStory trace={trace.data} />}
    </Drawer>
  )
}

function TraceStory({ trace }: { trace: Trace }) {
  const { t } = useTranslation(['trace', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const tokens = tokensOf(trace)
  const number = new Intl.NumberFormat(language)
  return (
    <Stack gap="lg">
      <dl className={classes.facts}>
        <dt>{t('engine')}</dt>
        <dd>{trace.engine === 'builtin' ? t('builtin') : trace.engine}</dd>
        {trace.model === null ? null : (
          <>
            <dt>{t('model')}</dt>
            <dd>{trace.model}</dd>
          </>
        )}
        <dt>{t('duration')}</dt>
        <dd>{durationText(trace.durationMs, language)}</dd>
        {tokens === null ? null : (
          <>
            <dt>{t('tokens')}</dt>
            <dd>
              {number.format(tokens.input)} → {number.format(tokens.output)}
            </dd>
          </>
        )}
      </dl>
      <section>
        <Title order={3} mb="sm">
          {t('steps')}
        </Title>
        <Timeline bulletSize={26} lineWidth={2}>
          {trace.steps.flatMap((step) => [
            ...step.calls.map((call, index) => (
              <Timeline.Item
                // biome-ignore lint/suspicious/noArrayIndexKey: calls have no id but their place, and never move
                key={`${step.step}.${index}`}
                bullet={<IconDatabaseSearch size={14} />}
                title={<CallTitle call={call} />}
              >
                <CallDetails call={call} />
              </Timeline.Item>
            )),
            ...(step.text === ''
              ? []
              : [
                  <Timeline.Item
                    key={`${step.step}.text`}
                    bullet={step.dropped ? null : <IconPencil size={14} />}
                    title={
                      <span className={classes.stepTitle}>
                        {step.dropped ? t('dropped') : t('wrote')}
                        <span className={classes.time}>{durationText(step.durationMs, language)}</span>
                      </span>
                    }
                  >
                    <Text size="sm" className={classes.said}>
                      {step.text}
                    </Text>
                  </Timeline.Item>,
                ]),
          ])}
        </Timeline>
      </section>
      {trace.gate === null ? null : <Gate gate={trace.gate} />}
      {trace.cites.length === 0 ? null : <Rows cites={trace.cites} />}
      <Accordion variant="contained">
        <Accordion.Item value="raw">
          <Accordion.Control>{t('raw')}</Accordion.Control>
          <Accordion.Panel>
            <Code block tabIndex={0} className={classes.raw}>
              {JSON.stringify(trace, null, 2)}
            </Code>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  )
}

type Call = Trace['steps'][number]['calls'][number]

function CallTitle({ call }: { call: Call }) {
  const { t } = useTranslation(['trace', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const tool = knownTool(call.tool)
  return (
    <span className={classes.stepTitle}>
      {tool === null ? call.tool : t(`tools.${tool}`)}
      <span className={classes.time}>{durationText(call.durationMs, language)}</span>
    </span>
  )
}

function CallDetails({ call }: { call: Call }) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const lines = resultLines(call.result)
  const shownValue = ({ name, value }: ReturnType<typeof argumentLines>[number]) => {
    if (typeof value === 'boolean') return value ? t('common:yes') : t('common:no')
    const price = (name === 'minPrice' || name === 'maxPrice') && typeof value === 'number'
    return price ? formatMoney(value, shop.currency, shop.locale) : String(value)
  }
  const code =
    typeof call.result === 'object' && call.result !== null ? Reflect.get(call.result, 'code') : undefined
  return (
    <Stack gap={6} mt={4}>
      <Group gap={6}>
        {argumentLines(call.arguments).map((line) => (
          <Badge key={line.name} variant="default" tt="none" fw={500} maw="100%">
            {t(`args.${line.name}`)}: {shownValue(line)}
          </Badge>
        ))}
      </Group>
      {call.ok ? null : (
        <Text size="sm" c="var(--desk-bad-text)">
          {t('failedCall', { code: typeof code === 'string' ? codeText(code) : '—' })}
        </Text>
      )}
      {lines.length === 0 ? null : (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

function Gate({ gate }: { gate: NonNullable<Trace['gate']> }) {
  const { t } = useTranslation(['trace', 'common'])
  return (
    <section>
      <Title order={3} mb="sm">
        {t('gate')}
      </Title>
      <Alert
        color={gate.ok ? 'green' : 'yellow'}
        icon={gate.ok ? <IconShieldCheck size={20} /> : <IconShieldExclamation size={20} />}
      >
        {gate.ok ? t('gateOk') : t('gateReplaced')}
        {gate.findings.length === 0 ? null : (
          <ul className={classes.lines}>
            {gate.findings.map((finding) => (
              <li key={`${finding.kind} ${finding.text}`}>
                {t(`finding.${findingKind(finding.kind)}`)}: «{finding.text}»{' '}
                <span className={classes.time}>({finding.reason})</span>
              </li>
            ))}
          </ul>
        )}
        {gate.refusedText === null ? null : (
          <Text size="sm" mt="xs" className={classes.refused}>
            {gate.refusedText}
          </Text>
        )}
      </Alert>
    </section>
  )
}

function Rows({ cites }: { cites: Trace['cites'] }) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const productIds = [
    ...new Set(cites.filter((cite) => cite.table === 'products').map((cite) => cite.id)),
  ].slice(0, 200)
  const products = useQuery(
    api.catalog.getMany.queryOptions({
      input: { shop: shop.slug, productIds },
      enabled: productIds.length > 0,
    }),
  )
  const nameOf = (id: string) => {
    for (const product of products.data ?? []) {
      if (product.id === id) return product.name
      const variant = product.variants.find((each) => each.id === id)
      if (variant !== undefined)
        return variant.title === '' ? product.name : `${product.name}, ${variant.title}`
    }
    return undefined
  }
  return (
    <section>
      <Title order={3} mb="sm">
        {t('rows')}
      </Title>
      <ul className={classes.rows}>
        {cites.map((cite) => {
          const table = knownTable(cite.table)
          return (
            <li key={`${cite.table}/${cite.id}`}>
              <IconCheck size={15} aria-hidden />
              <span>
                {table === null ? cite.table : t(`rowKinds.${table}`)}
                {nameOf(cite.id) === undefined ? '' : `: ${nameOf(cite.id)}`}
              </span>
              <span className={classes.time}>{t('revision', { revision: cite.revision })}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
