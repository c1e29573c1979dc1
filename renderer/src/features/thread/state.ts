import type { Message } from '../../../../preload/contract/index.ts'

/** Who looks at the thread decides which side a message stands on. */
export type Perspective = 'owner' | 'customer'

export type ThreadItem =
  | { kind: 'day'; key: string; day: string }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean }

/** Calendar day `YYYY-MM-DD` of an instant in a time zone. */
export function dayOf(instant: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(instant))
}

/** A run of one author's messages shows its name once and its tail at the end. A new day breaks the run. */
export function arrange(messages: readonly Message[], timeZone: string): ThreadItem[] {
  const items: ThreadItem[] = []
  const days = messages.map((message) => dayOf(message.sentAt, timeZone))
  messages.forEach((message, index) => {
    const day = days[index] ?? ''
    const before = messages[index - 1]
    const after = messages[index + 1]
    const sameBefore = before !== undefined && sameRun(before, message) && days[index - 1] === day
    const sameAfter = after !== undefined && sameRun(after, message) && days[index + 1] === day
    if (day !== days[index - 1]) items.push({ kind: 'day', key: `day-${day}`, day })
    items.push({ kind: 'message', key: message.id, message, first: !sameBefore, last: !sameAfter })
  })
  return items
}

function sameRun(one: Message, other: Message): boolean {
  return one.author === other.author && (one.kind === 'note') === (other.kind === 'note')
}

/** `today`, `yesterday`, or the day itself to be written out. */
export function dayName(day: string, now: number, timeZone: string): 'today' | 'yesterday' | 'other' {
  if (day === dayOf(now, timeZone)) return 'today'
  if (day === dayOf(now - 86_400_000, timeZone)) return 'yesterday'
  return 'other'
}

export function sideOf(message: Message, perspective: Perspective): 'left' | 'right' {
  const fromShop = message.author !== 'customer'
  return (perspective === 'owner') === fromShop ? 'right' : 'left'
}

/** A notice of the app that only the desk shows. One that went to the customer stands with the shop's messages. */
export function isDeskNotice(message: Message): boolean {
  return message.author === 'system' && message.delivery === null
}

/** A customer never sees notes, nor what was not sent. */
export function visibleTo(messages: readonly Message[], perspective: Perspective): Message[] {
  if (perspective === 'owner') return [...messages]
  return messages.filter(
    (message) => message.kind !== 'note' && !isDeskNotice(message) && message.delivery !== 'cancelled',
  )
}

/** Messages that appeared after the last one seen, oldest first. Loading older ones adds none. */
export function appeared(messages: readonly Message[], lastSeenSeq: number | null): Message[] {
  if (lastSeenSeq === null) return []
  return messages.filter((message) => message.seq > lastSeenSeq)
}

/** An own message that this app did not send: the owner wrote it on the phone. */
export function writtenOnPhone(message: Message): boolean {
  return message.author === 'person' && message.kind !== 'note' && message.delivery === null
}

/** What channels say when they refuse, in their own words or codes. */
const failures = [
  { words: /blocked|deactivated|\b403\b/i, failure: 'blocked' },
  { words: /no_chat|chat not found/i, failure: 'no_chat' },
  { words: /media_missing|media_remote|file_missing/i, failure: 'media_missing' },
  { words: /too large|too big|\b413\b/i, failure: 'too_large' },
] as const

/** Which text says how far a message got. A reason of the channel that nobody knows is left out. */
export function deliveryText(state: NonNullable<Message['delivery']>, reason: string | null) {
  if (state === 'unknown' && reason === 'queued_there') return 'state.queuedThere' as const
  if (state === 'cancelled' && reason === 'old') return 'state.waitedTooLong' as const
  const known = state === 'failed' ? failures.find(({ words }) => words.test(reason ?? '')) : undefined
  return known === undefined ? (`state.${state}` as const) : (`state.failures.${known.failure}` as const)
}
