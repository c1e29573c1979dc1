import { Anchor, Skeleton, Stack, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconFilePlus, IconFileText, IconListNumbers, IconRuler2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Tariff } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { OwnerEdits } from '../access/OwnerOnly.tsx'
import { formOf } from './form.ts'
import { QuoteList } from './QuoteList.tsx'
import { type StartKind, startingForm, startKinds } from './starts.ts'
import { TariffEditor } from './TariffEditor.tsx'
import classes from './Tariffs.module.css'

/** How a service's price is computed, and the quotes that were given for it. */
export function TariffView({ productId }: { productId: string }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const input = { shop: shop.slug, productId }
  const product = useQuery(api.catalog.get.queryOptions({ input }))
  const tariff = useQuery(api.tariffs.get.queryOptions({ input }))
  const failed = product.error ?? tariff.error
  const loaded = product.data !== undefined && tariff.data !== undefined
  return (
    <Page
      width="wide"
      title={product.data === undefined ? t('titleNameless') : t('title', { name: product.data.name })}
      lead={t('lead')}
      actions={
        <Anchor component={Link} href={screenPath(shop.slug, 'products', productId)} className={classes.back}>
          <IconArrowLeft size={17} aria-hidden /> {t('back')}
        </Anchor>
      }
    >
      {failed !== null && !loaded ? (
        <ErrorNotice
          error={failed}
          onRetry={() => void (product.error === null ? tariff : product).refetch()}
        />
      ) : null}
      {!loaded && failed === null ? (
        <Stack aria-hidden>
          <Skeleton height={220} radius="lg" />
          <Skeleton height={260} radius="lg" />
        </Stack>
      ) : null}
      {tariff.data === undefined || !loaded ? null : (
        <Stack gap="lg">
          <Work key={productId} productId={productId} tariff={tariff.data} />
          <Card title={t('quotes.ofProduct')}>
            <QuoteList productId={productId} />
          </Card>
        </Stack>
      )}
    </Page>
  )
}

function Work({ productId, tariff }: { productId: string; tariff: Tariff | null }) {
  const shop = useShop()
  const [start, setStart] = useState<StartKind | null>(null)
  if (tariff === null && start === null)
    return (
      <OwnerEdits>
        <Starts onChoose={setStart} />
      </OwnerEdits>
    )
  return (
    <TariffEditor
      // A tariff that has just been made goes on in the same editor; one that was removed leaves it.
      key={start ?? 'stored'}
      productId={productId}
      tariff={tariff}
      start={tariff === null ? startingForm(start ?? 'blank') : formOf(tariff.definition, shop)}
      onDiscard={() => setStart(null)}
    />
  )
}

const icons: Record<StartKind, ComponentType<{ size?: number; stroke?: number }>> = {
  area: IconRuler2,
  quantity: IconListNumbers,
  from: IconFileText,
  blank: IconFilePlus,
}

function Starts({ onChoose }: { onChoose(kind: StartKind): void }) {
  const { t } = useTranslation(['tariffs', 'common'])
  return (
    <Card title={t('starts.title')}>
      <ul className={classes.starts}>
        {startKinds.map((kind) => {
          const Icon = icons[kind]
          return (
            <li key={kind}>
              <UnstyledButton className={classes.start} onClick={() => onChoose(kind)}>
                <Icon size={26} stroke={1.5} />
                <span>
                  <strong>{t(`starts.${kind}.title`)}</strong>
                  <span className={classes.soft}>{t(`starts.${kind}.body`)}</span>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
