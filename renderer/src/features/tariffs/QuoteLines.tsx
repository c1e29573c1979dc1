import { useTranslation } from 'react-i18next'
import type { Quote } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { type Language, labelText } from './form.ts'
import classes from './Tariffs.module.css'

/** What a price is made of, line by line. */
export function QuoteLines({ lines, language }: { lines: Quote['lines']; language: Language }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const money = useMoney()
  const figure = new Intl.NumberFormat(shop.locale, { maximumFractionDigits: 3 })
  return (
    <ul className={classes.lines} aria-label={t('preview.lines')}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are computed anew as a whole and have nothing of their own
        <li key={index}>
          <span>
            {labelText(line.label, language)}
            {line.quantity === null || line.unitAmount === null ? null : (
              <span className={classes.soft}>
                {figure.format(line.quantity)} {line.unit} × {money(line.unitAmount)}
              </span>
            )}
          </span>
          <span className="tabular">{money(line.amount)}</span>
        </li>
      ))}
    </ul>
  )
}
