import { Badge } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Product } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import classes from './Products.module.css'
import { priceSummary, stockSummary } from './state.ts'

const rowHeight = 68
export const statusColors = {
  available: 'green',
  sold_out: 'yellow',
  discontinued: 'gray',
  hidden: 'gray',
  draft: 'gray',
} as const

export function ProductList({ products, onNearEnd }: { products: Product[]; onNearEnd(): void }) {
  const { t } = useTranslation(['products', 'common'])
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: products.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => products[index]?.id ?? index,
  })
  const visible = rows.getVirtualItems()
  const nearEnd = (visible.at(-1)?.index ?? 0) >= products.length - 20
  useEffect(() => {
    if (nearEnd) onNearEnd()
  })
  return (
    <>
      <div className={classes.columns} aria-hidden>
        <span>{t('columns.product')}</span>
        <span className={classes.right}>{t('columns.price')}</span>
        <span className={classes.right}>{t('columns.stock')}</span>
        <span>{t('columns.status')}</span>
      </div>
      <div ref={scroller} className={classes.scroll}>
        <ul className={classes.list} style={{ height: rows.getTotalSize() }} aria-label={t('list')}>
          {visible.map((row) => {
            const product = products[row.index]
            if (product === undefined) return null
            return (
              <li key={row.key} style={{ transform: `translateY(${row.start}px)` }}>
                <Row product={product} />
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}

function Row({ product }: { product: Product }) {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const price = priceSummary(product, shop)
  const stock = stockSummary(product)
  const details = [
    product.category,
    product.variants.length > 1
      ? t('variants', { count: product.variants.length })
      : product.variants[0]?.sku,
  ].filter((each) => each !== undefined && each !== null && each !== '')
  return (
    <Link href={screenPath(shop.slug, 'products', product.id)} className={classes.row}>
      <Picture product={product} />
      <span className={classes.name}>
        <span className={classes.title}>{product.name}</span>
        <span className={classes.details}>{details.join(' · ')}</span>
      </span>
      <span className={classes.price} data-price>
        {price.kind === 'ask'
          ? t('ask')
          : price.kind === 'from'
            ? t('from', { price: price.text })
            : price.text}
        {price.kind === 'exact' && price.before !== null ? (
          <s className={classes.before}>{price.before}</s>
        ) : null}
      </span>
      <span className={classes.stock} data-none={stock === 0}>
        <span className="visually-hidden">{t('columns.stock')}: </span>
        {stock ?? t('untracked')}
      </span>
      <span className={classes.status}>
        <Badge size="sm" variant="light" color={statusColors[product.status]} tt="none">
          {t(`status.${product.status}`)}
        </Badge>
      </span>
    </Link>
  )
}

function Picture({ product }: { product: Product }) {
  const shop = useShop()
  const image = product.images[0]
  const url =
    image === undefined ? null : image.mediaHash === null ? image.url : mediaUrl(shop.slug, image.mediaHash)
  if (url === null) {
    return (
      <span className={classes.picture}>
        <IconPhoto size={20} stroke={1.4} aria-hidden />
      </span>
    )
  }
  return <img className={classes.picture} src={url} alt="" loading="lazy" />
}
