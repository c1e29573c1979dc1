import {
  Accordion,
  Anchor,
  Badge,
  Button,
  Code,
  CopyButton,
  Drawer,
  Group,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Outputs } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { dateTimeText } from '../../ui/time.ts'
import { useEngines } from '../engines/queries.ts'
import { useEngineTexts } from '../engines/texts.ts'
import classes from './Sent.module.css'
import { messagesOf, placeholderParts, toolsOf } from './state.ts'
import { tokensText } from './tokens.ts'

type Request = Outputs['engines']['request']

/** One request, word for word. */
export function SentDrawer({ requestId }: { requestId: string | null }) {
  const { t } = useTranslation(['sent', 'common'])
  const { slug: shop } = useShop()
  const [, navigate] = useLocation()
  const request = useQuery(
    api.engines.request.queryOptions({
      input: { shop, requestId: requestId ?? '-' },
      enabled: requestId !== null,
    }),
  )
  return (
    <Drawer
      opened={requestId !== null}
      onClose={() => navigate(screenPath(shop, 'assistant', 'sent'))}
      title={t('detail.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {request.error === null ? null : (
        <ErrorNotice error={request.error} onRetry={() => void request.refetch()} />
      )}
      {requestId !== null && request.isPending ? <Skeleton height={240} aria-hidden /> : null}
      {request.data === undefined ? null : <Detail request={request.data} />}
    </Drawer>
  )
}

function Detail({ request }: { request: Request }) {
  const { t } = useTranslation(['sent', 'common'])
  const shop = useShop()
  const engineTexts = useEngineTexts()
  const engines = useEngines()
  const engine = engines.data?.find((each) => each.id === request.engineId)
  const language = usePreferences((preferences) => preferences.language)
  const tokens = tokensText(request, t, language)
  const facts: ([string, string] | null)[] = [
    [t('detail.when'), dateTimeText(request.startedAt, language, shop.timeZone)],
    engine === undefined ? null : [t('detail.engine'), engineTexts.name(engine)],
    [t('detail.model'), request.model],
    [t('detail.purpose'), t(`purpose.${request.purpose}`)],
    [t('detail.state'), t(`state.${request.state}`)],
    request.error === null ? null : [t('detail.error'), engineTexts.failure(request.error)],
    tokens === null ? null : [t('detail.tokens'), tokens],
    [
      t('detail.cost'),
      request.costMicros === null
        ? t('detail.costUnknown')
        : formatCost(request.costMicros, shop.currency, shop.locale),
    ],
    request.firstTokenMs === null ? null : [t('detail.first'), durationText(request.firstTokenMs, language)],
    request.durationMs === null ? null : [t('detail.duration'), durationText(request.durationMs, language)],
    [t('detail.redactions'), String(request.redactions)],
  ]
  return (
    <Stack gap="lg">
      <Facts facts={facts} look="panel" />
      {request.conversationId === null ? null : (
        <Anchor
          component={Link}
          href={screenPath(shop.slug, 'conversations', request.conversationId)}
          size="sm"
        >
          {t('detail.conversation')}
        </Anchor>
      )}
      {request.body === null || request.body === undefined ? (
        <Text c="dimmed">{t('detail.noBody')}</Text>
      ) : (
        <Body body={request.body} />
      )}
    </Stack>
  )
}

function Body({ body }: { body: NonNullable<Request['body']> }) {
  const { t } = useTranslation(['sent', 'common'])
  const messages = messagesOf(body)
  const tools = toolsOf(body)
  const raw = JSON.stringify(body, null, 2)
  return (
    <>
      <section>
        <Group justify="space-between" mb="sm">
          <Title order={3}>{t('detail.body')}</Title>
          <CopyButton value={raw}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                onClick={copy}
              >
                {copied ? t('detail.copied') : t('detail.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Stack gap="sm">
          {messages.map((message, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id but their place, and never move
            <div key={index} className={classes.message}>
              <Text size="sm" fw={600}>
                {t(`role.${message.role}`)}
              </Text>
              <Code block tabIndex={0} className={classes.text}>
                <Hidden text={message.text} />
              </Code>
            </div>
          ))}
        </Stack>
        {tools.length === 0 ? null : (
          <>
            <Text size="sm" fw={600} mt="md" mb={6}>
              {t('detail.tools')}
            </Text>
            <Group gap={6}>
              {tools.map((tool) => (
                <Badge key={tool} variant="default" tt="none" fw={500}>
                  {tool}
                </Badge>
              ))}
            </Group>
          </>
        )}
      </section>
      <Accordion variant="contained">
        <Accordion.Item value="raw">
          <Accordion.Control>{t('detail.raw')}</Accordion.Control>
          <Accordion.Panel>
            <Code block tabIndex={0} className={classes.raw}>
              {raw}
            </Code>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  )
}

/** A text as it was sent, with the marks that stand for personal data. */
function Hidden({ text }: { text: string }) {
  return placeholderParts(text).map((part, index) =>
    part.hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no id but their place
      <mark key={index} className={classes.hidden}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
