import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OrderLine } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { editableQuantity, lineTotal, parseQuantity, perUnit, unitName } from '../../ui/quantity.ts'
import { articleName } from './lines.ts'
import classes from './Orders.module.css'

interface KeptLineRowProps {
  line: OrderLine
  quantity: string
  problem: boolean
  onChange(quantity: string): void
}

/** A line that the order has already: its quantity may change, its price is what was agreed. */
export function KeptLineRow({ line, quantity: text, problem, onChange }: KeptLineRowProps) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const name = articleName(line.name, line.title)
  const quantity = parseQuantity(text, line)
  const removed = quantity === 0
  return (
    <li className={classes.editLine} data-removed={removed}>
      <span className={`${classes.editName} ${classes.wrap}`}>
        {name}
        {removed ? <span className="visually-hidden"> ({t('editor.removed')})</span> : null}
      </span>
      <TextInput
        aria-label={t('editor.quantityOf', { name })}
        inputMode="decimal"
        rightSection={unitName(line) === '' ? null : <span className={classes.unit}>{unitName(line)}</span>}
        value={text}
        error={problem ? t('editor.badQuantity') : null}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span className={classes.soft}>
        {money(line.unitPrice)}
        {perUnit(line, shop.locale)}
      </span>
      <span className={classes.amount}>
        {quantity === null ? '' : money(lineTotal(line.unitPrice, quantity, line.unitSize))}
      </span>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={removed ? t('editor.keepLine', { name }) : t('editor.removeLine', { name })}
        onClick={() => onChange(removed ? editableQuantity(line.quantity, line, shop.locale) : '0')}
      >
        {removed ? <IconArrowBackUp size={18} /> : <IconX size={18} />}
      </ActionIcon>
    </li>
  )
}
