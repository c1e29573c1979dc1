import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './RowList.module.css'

interface RowListProps<Item> {
  items: readonly Item[]
  label: string
  rowHeight: number
  keyOf(item: Item): string
  row(item: Item): ReactNode
  /** Called when the last rows come into sight. */
  onNearEnd(): void
}

/** A long list of rows of one height, of which only the visible ones are drawn. */
export function RowList<Item>({ items, label, rowHeight, keyOf, row, onNearEnd }: RowListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
  })
  const visible = rows.getVirtualItems()
  const nearEnd = (visible.at(-1)?.index ?? 0) >= items.length - 20
  useEffect(() => {
    if (nearEnd) onNearEnd()
  })
  return (
    <div ref={scroller} className={classes.scroll}>
      <ul className={classes.list} style={{ height: rows.getTotalSize() }} aria-label={label}>
        {visible.map((place) => {
          const item = items[place.index]
          if (item === undefined) return null
          return (
            <li key={place.key} style={{ height: rowHeight, transform: `translateY(${place.start}px)` }}>
              {row(item)}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
