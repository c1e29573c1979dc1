import { type AriaAttributes, type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import type { QuickReply } from '../../../../preload/contract/index.ts'
import { useQuickReplies } from './queries.ts'
import { matching } from './state.ts'

export interface QuickReplyPicker {
  open: boolean
  /** `slash`: looked for by what stands in the message; `button`: by a field of its own. */
  from: 'slash' | 'button'
  replies: QuickReply[]
  loaded: boolean
  query: string
  setQuery(query: string): void
  active: number
  listId: string
  optionId(index: number): string
  pick(reply: QuickReply): void
  toggle(): void
  close(): void
  /** True when the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean
  aria: Pick<AriaAttributes, 'aria-controls' | 'aria-activedescendant' | 'aria-autocomplete'>
}

interface PickerOptions {
  /** What stands behind a slash in the message; null without one. */
  slash: string | null
  onPick(reply: QuickReply, from: 'slash' | 'button'): void
}

/** Which quick reply is wanted: opened by a slash or a button, gone through by the arrow keys. */
export function useQuickReplyPicker({ slash, onPick }: PickerOptions): QuickReplyPicker {
  const listId = useId()
  const all = useQuickReplies()
  const [byButton, setByButton] = useState(false)
  const [search, setSearch] = useState('')
  const [closedFor, setClosedFor] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const bySlash = slash !== null && slash !== closedFor
  const query = bySlash ? slash : search
  const open = byButton || bySlash
  const replies = useMemo(() => matching(all.data ?? [], query), [all.data, query])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts at its first answer
  useEffect(() => setActive(0), [query, open])
  useEffect(() => {
    if (slash === null) setClosedFor(null)
  }, [slash])
  const from = bySlash ? 'slash' : 'button'
  const close = () => {
    setByButton(false)
    setSearch('')
    setClosedFor(slash)
  }
  const pick = (reply: QuickReply) => {
    close()
    onPick(reply, from)
  }
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing) return false
    const reply = replies[active]
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, replies.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else if ((event.key === 'Enter' || event.key === 'Tab') && reply !== undefined && !event.shiftKey)
      pick(reply)
    else return false
    event.preventDefault()
    return true
  }
  const optionId = (index: number) => `${listId}-${index}`
  const shown = open && replies.length > 0
  return {
    open,
    from,
    replies,
    loaded: all.data !== undefined,
    query,
    setQuery: setSearch,
    active,
    listId,
    optionId,
    pick,
    toggle: () => (open ? close() : setByButton(true)),
    close,
    onKey,
    aria: shown
      ? {
          'aria-autocomplete': 'list',
          'aria-controls': listId,
          'aria-activedescendant': optionId(active),
        }
      : {},
  }
}
