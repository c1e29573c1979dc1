import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMoney, useShop } from '../../app/shop.ts'
import { parseAmount } from '../../ui/money.ts'
import { lineTotal, parseQuantity, quantityText, unitName } from '../../ui/quantity.ts'
import { type LineProblem, lineProblem, type NewLine } from './lines.ts'
import classes from './Orders.module.css'

interface NewLineRowProps {
  line: NewLine
  /** Shown once saving was tried. */
  showProblem: boolean
  /** What is left of it, where that is not enough. */
  left: number | null
  onChange(changes: Partial<Pick<NewLine, 'quantity' | 'price'>>): void
  onRemove(): void
}

/** An article that is sold or added: how much, for how much. */
export function NewLineRow({ line, showProblem, left, onChange, onRemove }: NewLineRowProps) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const problem: LineProblem | null = showProblem ? lineProblem(line, shop) : null
  const quantity = parseQuantity(line.quantity, line)
  const price = parseAmount(line.price, shop.currency, shop.locale)
  return (
    <li className={classes.editLine}>
      <span className={`${classes.editName} ${classes.wrap}`}>
        {line.name}
        {left === null ? null : (
          <span className={classes.warning} role="status">
            {left <= 0
              ? t('picker.soldOut')
              : t('picker.left', { amount: quantityText(left, line, shop.locale) })}
          </span>
        )}
      </span>
      <TextInput
        aria-label={t('editor.quantityOf', { name: line.name })}
        inputMode="decimal"
        rightSection={unitName(line) === '' ? null : <span className={classes.unit}>{unitName(line)}</span>}
        value={line.quantity}
        error={problem === 'quantity' ? t('editor.badQuantity') : null}
        onChange={(event) => onChange({ quantity: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('editor.priceOf', { name: line.name })}
        inputMode="decimal"
        value={line.price}
        error={problem === 'price' ? t('editor.badPrice') : null}
        onChange={(event) => onChange({ price: event.currentTarget.value })}
      />
      <span className={classes.amount}>
        {quantity === null || price === null ? '' : money(lineTotal(price, quantity, line.unitSize))}
      </span>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('editor.removeLine', { name: line.name })}
        onClick={onRemove}
      >
        <IconX size={18} />
      </ActionIcon>
    </li>
  )
}
