import { Button, TextInput } from '@mantine/core'
import { IconSearch, IconSettings } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import classes from './QuickReplies.module.css'
import { filled } from './state.ts'
import type { QuickReplyPicker } from './use-picker.ts'

interface QuickReplyPanelProps {
  picker: QuickReplyPicker
  customer: string
  onManage(): void
}

/** Above the composer: the texts that people send often, as they would be sent. */
export function QuickReplyPanel({ picker, customer, onManage }: QuickReplyPanelProps) {
  const { t } = useTranslation(['serving', 'common'])
  const shop = useShop()
  const panel = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const { close, active, from } = picker
  useEffect(() => {
    if (from === 'button') search.current?.focus()
  }, [from])
  useEffect(() => {
    panel.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const { target } = event
      if (!(target instanceof Element) || panel.current?.parentElement?.contains(target)) return
      close()
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [close])
  return (
    <div ref={panel} className={classes.panel}>
      {from === 'button' ? (
        <TextInput
          ref={search}
          type="search"
          size="sm"
          aria-label={t('quick.search')}
          placeholder={t('quick.search')}
          leftSection={<IconSearch size={16} />}
          value={picker.query}
          onChange={(event) => picker.setQuery(event.currentTarget.value)}
          onKeyDown={picker.onKey}
          {...picker.aria}
        />
      ) : null}
      {picker.loaded && picker.replies.length === 0 ? (
        <p className={classes.none} role="status">
          {picker.query === '' ? t('quick.empty') : t('quick.noneFound')}
        </p>
      ) : (
        <div id={picker.listId} role="listbox" aria-label={t('quick.title')} className={classes.options}>
          {picker.replies.map((reply, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard where the text is written
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={reply.id}
              id={picker.optionId(index)}
              role="option"
              aria-selected={index === active}
              data-index={index}
              className={classes.option}
              onClick={() => picker.pick(reply)}
            >
              <strong>{reply.title}</strong>
              <span className={classes.optionText}>{filled(reply.text, { customer, shop: shop.name })}</span>
            </div>
          ))}
        </div>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconSettings size={16} />}
        onClick={onManage}
        className={classes.manage}
      >
        {t('quick.manage')}
      </Button>
    </div>
  )
}
