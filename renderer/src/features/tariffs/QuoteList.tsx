import { ActionIcon, Anchor, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconFileText, IconMessages } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Quote } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api, client } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useOpenedPaper } from '../../ui/opened-paper.ts'
import { dateTimeText, dayText, localDate } from '../../ui/time.ts'
import { QuoteLines } from './QuoteLines.tsx'
import classes from './Tariffs.module.css'

const pageSize = 20

/** Quotes that were given, newest first: of one service, or of all. */
export function QuoteList({ productId }: { productId?: string }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const list = useInfiniteQuery(
    api.tariffs.quotes.infiniteOptions({
      input: (before: number | undefined) => ({
        shop: shop.slug,
        limit: pageSize,
        ...(productId === undefined ? {} : { productId }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? page.items.at(-1)?.seq : undefined),
      // A quote is given in a conversation and tells nobody: the list is asked for again whenever it is looked at.
      staleTime: 0,
    }),
  )
  const quotes = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error !== null && list.data === undefined)
    return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
  if (list.data === undefined) {
    return (
      <Stack aria-hidden>
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Stack>
    )
  }
  if (quotes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('quotes.none')}
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      <ul className={classes.quotes} aria-label={t('quotes.list')}>
        {quotes.map((quote) => (
          <Row key={quote.id} quote={quote} withProduct={productId === undefined} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Group>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('quotes.more')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}

function Row({ quote, withProduct }: { quote: Quote; withProduct: boolean }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const paper = useOpenedPaper()
  const { number, customer, total, priceKind, validUntil, conversationId, product } = quote
  const expired = validUntil !== null && Date.parse(validUntil) < Date.now()
  return (
    <li className={classes.quote}>
      <div className={classes.quoteText}>
        <Text fw={650} component="p">
          {number} · {priceKind === 'from' ? t('quotes.from', { amount: money(total) }) : money(total)}{' '}
          {expired ? (
            <Badge size="sm" variant="light" color="gray" tt="none">
              {t('quotes.expired')}
            </Badge>
          ) : null}
        </Text>
        <Text size="sm" component="p">
          {withProduct ? (
            <>
              <Anchor
                component={Link}
                href={`${screenPath(shop.slug, 'products', product.id)}/tariff`}
                inherit
                underline="always"
              >
                {product.name}
              </Anchor>{' '}
              ·{' '}
            </>
          ) : null}
          {customer === null || customer.name === '' ? t('quotes.nobody') : customer.name}
        </Text>
        <p className={classes.soft}>
          {dateTimeText(quote.at, language, shop.timeZone)}
          {validUntil === null
            ? null
            : ` · ${t('quotes.until', { date: dayText(localDate(Date.parse(validUntil), shop.timeZone), language) })}`}
        </p>
        <details className={classes.details}>
          <summary>{t('quotes.lines')}</summary>
          <QuoteLines lines={quote.lines} language={language} />
        </details>
      </div>
      <Group gap="xs" wrap="nowrap">
        {conversationId === null ? null : (
          <ActionIcon
            component={Link}
            href={screenPath(shop.slug, 'conversations', conversationId)}
            variant="default"
            size={36}
            aria-label={t('quotes.conversation', { number })}
            title={t('quotes.conversation', { number })}
          >
            <IconMessages size={18} />
          </ActionIcon>
        )}
        <Button
          variant="default"
          leftSection={<IconFileText size={17} />}
          loading={paper.opening}
          aria-label={t('quotes.paperOf', { number })}
          onClick={() =>
            void paper.open(() =>
              client.documents.make({ shop: shop.slug, kind: 'quote', quoteId: quote.id }),
            )
          }
        >
          {t('quotes.paper')}
        </Button>
      </Group>
    </li>
  )
}
