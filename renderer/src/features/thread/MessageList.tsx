import { Button, Center, Skeleton, Stack } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import classes from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { appeared, arrange, dayName, type Perspective } from './state.ts'

interface MessageListProps {
  messages: Message[]
  perspective: Perspective
  label: string
  loading: boolean
  hasOlder: boolean
  loadingOlder: boolean
  onOlder(): void
  /** Text that is read out when a message appears; null for messages that need no announcement. */
  announce(message: Message): string | null
  onWhy(messageId: string): void
  typing: string | null
  empty: ReactNode
}

/** Close enough to the end to follow new messages. */
const followPx = 120

export function MessageList(props: MessageListProps) {
  const { messages, announce } = props
  const { t } = useTranslation(['inbox', 'common'])
  const { timeZone } = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const heightBefore = useRef<{ firstId: string | undefined; height: number }>({
    firstId: undefined,
    height: 0,
  })
  const items = useMemo(() => arrange(messages, timeZone), [messages, timeZone])
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages])
  const lastId = messages.at(-1)?.id
  const firstId = messages[0]?.id

  // Older messages keep the place in view; new ones are followed where the reader was at the end.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const before = heightBefore.current
    if (before.firstId !== undefined && before.firstId !== firstId && !atEnd) {
      element.scrollTop += element.scrollHeight - before.height
    } else if (atEnd) {
      element.scrollTop = element.scrollHeight
    }
    heightBefore.current = { firstId, height: element.scrollHeight }
  })

  const announcement = useAnnouncement(messages, announce)
  const dayText = (day: string) => {
    const name = dayName(day, Date.now(), timeZone)
    if (name !== 'other') return t(name)
    return new Intl.DateTimeFormat(language, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    }).format(new Date(`${day}T12:00:00Z`))
  }

  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={props.label}
        aria-busy={props.loading}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget
          setAtEnd(scrollHeight - scrollTop - clientHeight < followPx)
          if (scrollTop < 200 && props.hasOlder && !props.loadingOlder && lastId !== undefined)
            props.onOlder()
        }}
      >
        {props.loading ? (
          <Stack p="md" aria-hidden>
            {[180, 260, 140, 220].map((width, index) => (
              <Skeleton key={width} height={44} width={width} radius="lg" ml={index % 2 === 0 ? 0 : 'auto'} />
            ))}
          </Stack>
        ) : null}
        {props.hasOlder ? (
          <Center py="sm">
            <Button variant="subtle" size="xs" loading={props.loadingOlder} onClick={props.onOlder}>
              {t('older')}
            </Button>
          </Center>
        ) : null}
        {!props.loading && messages.length === 0 ? props.empty : null}
        <ol className={classes.list}>
          {items.map((item) =>
            item.kind === 'day' ? (
              <li key={item.key} className={classes.day}>
                <span>{dayText(item.day)}</span>
              </li>
            ) : (
              <MessageRow
                key={item.key}
                item={item}
                perspective={props.perspective}
                replyTo={item.message.replyToId === null ? null : (byId.get(item.message.replyToId) ?? null)}
                onWhy={props.onWhy}
              />
            ),
          )}
        </ol>
        {props.typing === null ? null : (
          <p className={classes.typing}>
            <span className={classes.dots} aria-hidden>
              <i />
              <i />
              <i />
            </span>
            {props.typing}
          </p>
        )}
      </section>
      {atEnd ? null : (
        <Button
          className={classes.jump}
          variant="default"
          size="xs"
          radius="xl"
          leftSection={<IconArrowDown size={16} />}
          onClick={() => {
            const element = scroller.current
            if (element !== null) element.scrollTop = element.scrollHeight
          }}
        >
          {t('jumpToLast')}
        </Button>
      )}
      <p className="visually-hidden" aria-live="polite">
        {announcement}
      </p>
    </div>
  )
}

function useAnnouncement(messages: Message[], announce: (message: Message) => string | null): string {
  const [text, setText] = useState('')
  const lastSeen = useRef<number | null>(null)
  useEffect(() => {
    const fresh = appeared(messages, lastSeen.current)
      .map(announce)
      .filter((each) => each !== null)
    const newest = messages.at(-1)?.seq
    if (newest !== undefined) lastSeen.current = newest
    if (fresh.length > 0) setText(fresh.join('. '))
  }, [messages, announce])
  return text
}
