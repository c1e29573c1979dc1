import type { Notifier } from '../core/host.ts'
import { isTextKey, type ShellLanguage, say, type TextKey } from './texts.ts'

export type Notice = Parameters<Notifier['notify']>[0]

export interface NoticeWords {
  title: string
  body: string
  /** The part of the desk's address after `#`. */
  path: string
}

const longestName = 60

export interface NoticeOptions {
  /** Where there are several shops. */
  shopName: string | null
  /** Whether the owner lets customers be named: others may see the screen. */
  names: boolean
}

/** What a notification says: why somebody is needed and, where the owner wants it, by whom; never what was written. */
export function noticeWords(
  notice: Notice,
  language: ShellLanguage,
  { shopName, names }: NoticeOptions,
): NoticeWords {
  const { title, body } = words(notice, language, names)
  return {
    title: shopName === null ? title : `${title} · ${plainName(shopName)}`,
    body,
    path: placeOf(notice),
  }
}

/** One notification for several notices; null where one alone says it. */
export function groupWords(notices: readonly Notice[], language: ShellLanguage): NoticeWords {
  const [first] = notices
  const shops = new Set(notices.map(({ shop }) => shop))
  const handovers = notices.every(({ kind }) => kind === 'handover')
  return {
    title: say(language, handovers ? 'notice.handover_other' : 'notice.several', { count: notices.length }),
    body: say(language, 'notice.several_body'),
    path: shops.size === 1 && first !== undefined ? `/${first.shop}/conversations` : '/',
  }
}

function words(notice: Notice, language: ShellLanguage, names: boolean): { title: string; body: string } {
  const data = notice.data ?? {}
  switch (notice.kind) {
    case 'handover': {
      const reason = known(`reason.${(data.reason ?? '').replace(/^loop_.*/, 'loop')}`, 'reason.other')
      const who = plainName(data.customer ?? '') || say(language, 'notice.nobody')
      const why = say(language, reason)
      return { title: say(language, 'notice.handover'), body: names ? `${who}. ${why}` : why }
    }
    case 'order':
      return {
        title: say(language, 'notice.order'),
        body: say(language, 'notice.order_body', { number: data.number ?? '', total: data.total ?? '' }),
      }
    case 'channel':
      return {
        title: say(language, 'notice.channel'),
        body: say(language, known(`channel_trouble.${data.reason ?? ''}`, 'channel_trouble.other')),
      }
    case 'problem':
      return {
        title: say(language, 'notice.problem'),
        body: say(language, known(`problem.${(data.code ?? '').replaceAll('.', '_')}`, 'problem.other'), {
          engine: plainName(data.engine ?? ''),
        }),
      }
  }
}

function placeOf({ kind, shop, conversationId }: Notice): string {
  if (kind === 'handover' && conversationId !== undefined) return `/${shop}/conversations/${conversationId}`
  if (kind === 'handover') return `/${shop}/conversations`
  if (kind === 'order') return `/${shop}/orders`
  return kind === 'channel' ? `/${shop}/channels` : `/${shop}/assistant`
}

function known(key: string, otherwise: TextKey): TextKey {
  return isTextKey(key) ? key : otherwise
}

/** A name that somebody gave themselves, as one line of text: desktops on Linux read tags in a notification. */
export function plainName(name: string): string {
  const line = name
    .replace(/[<>&]/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line
}
