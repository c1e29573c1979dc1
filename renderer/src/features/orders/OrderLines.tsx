import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { perUnit, quantityText } from '../../ui/quantity.ts'
import { Section } from '../../ui/Section.tsx'
import { articleName } from './lines.ts'
import classes from './Orders.module.css'
import { dueOf, overpaid, rateText } from './state.ts'

/** What was sold and what it comes to. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  return (
    <Section title={t('sections.lines')}>
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">{t('line.article')}</th>
            <th scope="col">{t('line.quantity')}</th>
            <th scope="col" className={classes.unitPrice}>
              {t('line.price')}
            </th>
            <th scope="col">{t('line.total')}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.id}>
              <td className={classes.wrap}>
                {articleName(line.name, line.title)}
                {line.sku === null || line.sku === '' ? null : (
                  <span className={classes.soft}>{line.sku}</span>
                )}
                {line.note === '' ? null : <span className={classes.soft}>{line.note}</span>}
              </td>
              <td>{quantityText(line.quantity, line, shop.locale)}</td>
              <td className={classes.unitPrice}>
                {money(line.unitPrice)}
                {perUnit(line, shop.locale)}
              </td>
              <td>{money(line.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Totals order={order} />
    </Section>
  )
}

function Totals({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const taxes = order.taxes.filter((each) => each.tax !== 0)
  const rows: { key: string; label: string; value: string; grand?: boolean }[] = [
    { key: 'subtotal', label: t('totals.subtotal'), value: money(order.subtotal) },
    ...(order.discount === 0
      ? []
      : [
          {
            key: 'discount',
            label:
              order.discountCode === null
                ? t('totals.discount')
                : t('totals.discountCode', { code: order.discountCode }),
            value: `−${money(order.discount)}`,
          },
        ]),
    ...(order.deliveryMethod === 'delivery' || order.deliveryFee > 0
      ? [
          {
            key: 'delivery',
            label: t('totals.delivery'),
            value: order.deliveryFee === 0 ? t('totals.free') : money(order.deliveryFee),
          },
        ]
      : []),
    ...(order.pricesIncludeTax
      ? []
      : taxes.map((each) => ({
          key: `tax ${each.rate}`,
          label: t('totals.taxAdded', { rate: rateText(each.rate, shop.locale) }),
          value: money(each.tax),
        }))),
    { key: 'total', label: t('totals.total'), value: money(order.total), grand: true },
    ...(order.pricesIncludeTax
      ? taxes.map((each) => ({
          key: `tax ${each.rate}`,
          label: t('totals.taxIncluded', { rate: rateText(each.rate, shop.locale) }),
          value: money(each.tax),
        }))
      : []),
    ...(order.paid === 0 ? [] : [{ key: 'paid', label: t('totals.paid'), value: money(order.paid) }]),
    ...(order.refunded === 0
      ? []
      : [{ key: 'refunded', label: t('totals.refunded'), value: money(order.refunded) }]),
    ...(dueOf(order) === 0 || order.paid === 0
      ? []
      : [{ key: 'due', label: t('totals.due'), value: money(dueOf(order)) }]),
    ...(overpaid(order) === 0
      ? []
      : [{ key: 'over', label: t('totals.over'), value: money(overpaid(order)) }]),
  ]
  return (
    <dl className={classes.totals}>
      {rows.map((row) => (
        <div key={row.key} style={{ display: 'contents' }}>
          <dt className={row.grand === true ? classes.grand : undefined}>{row.label}</dt>
          <dd className={row.grand === true ? classes.grand : undefined}>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}
