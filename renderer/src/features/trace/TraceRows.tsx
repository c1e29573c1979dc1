import { Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Trace } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { knownTable } from './state.ts'
import classes from './Trace.module.css'

/** Rows that are listed at once; the others are a click away. */
const SHOWN = 8

/** The rows of the shop that the reply stands on. */
export function TraceRows({ cites }: { cites: Trace['cites'] }) {
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
      <List cites={cites.slice(0, SHOWN)} nameOf={nameOf} />
      {cites.length <= SHOWN ? null : (
        <details>
          <summary className={classes.soft}>{t('moreRows', { count: cites.length - SHOWN })}</summary>
          <List cites={cites.slice(SHOWN)} nameOf={nameOf} />
        </details>
      )}
    </section>
  )
}

interface ListProps {
  cites: Trace['cites']
  nameOf(id: string): string | undefined
}

function List({ cites, nameOf }: ListProps) {
  const { t } = useTranslation(['trace', 'common'])
  return (
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
  )
}
