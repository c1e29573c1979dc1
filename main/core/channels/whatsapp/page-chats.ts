import type { PageChat, PageKey, PageWid, PageWindow } from './page-window.ts'

/** Functions that run in WhatsApp's page, each sent there as its own source text. */

/** A chat of the account, people only. */
export interface PageKnownChat {
  chatId: string
  name: string
  /** `<digits>@c.us` where the site tells it. */
  phoneId: string | null
}

/**
 * Remembers which chats are there at the moment when a phone that has scanned a code is synced. Times do not tell them
 * from who writes in that second.
 */
export function rememberFirstChats(): void {
  const page = globalThis as unknown as PageWindow
  const until = Date.now() + 120_000
  const idsOfChats = (): string[] =>
    page
      .require('WAWebCollections')
      .Chat.getModelsArray()
      .flatMap((chat) => {
        try {
          return [chat.id._serialized ?? String(chat.id)]
        } catch {
          return []
        }
      })
  const attempt = (): void => {
    try {
      if (page.Debug?.VERSION === undefined) throw new Error('mostrador: not yet')
      const { Socket } = page.require('WAWebSocketModel')
      const isCode = (state: unknown): boolean => String(state).startsWith('UNPAIRED')
      let isFirst = isCode(Socket.state)
      Socket.on('change:state', (_socket, state) => {
        isFirst ||= isCode(state)
      })
      Socket.on('change:hasSynced', () => {
        if (!isFirst || Socket.hasSynced !== true || page.mostradorFirstChats !== undefined) return
        try {
          page.mostradorFirstChats = idsOfChats()
        } catch {
          // Then their times have to do.
        }
      })
    } catch {
      if (Date.now() < until) setTimeout(attempt, 20)
    }
  }
  attempt()
}

/**
 * Every chat with a person that was there at the first sync, or before a time, in seconds. Answers from what the page
 * knows; asks nobody.
 */
export function listChats(before: number): PageKnownChat[] {
  const page = globalThis as unknown as PageWindow
  const idOf = (wid: PageWid): string => wid._serialized ?? String(wid)
  // One chat that cannot be read hides no other.
  const chatIdOf = (chat: PageChat | null | undefined): string => {
    try {
      return chat === null || chat === undefined ? '' : idOf(chat.id)
    } catch {
      return ''
    }
  }
  const { Chat } = page.require('WAWebCollections')
  return Chat.getModelsArray().flatMap((chat) => {
    const chatId = chatIdOf(chat)
    if (!/@(c\.us|lid)$/.test(chatId)) return []
    // Somebody who wrote for the first time just after the pairing is a customer. Whether more lies before that is looked
    // up when the message is told.
    const isOlder = (chat.msgs?.getModelsArray() ?? []).some((message) => (message.t ?? before) < before)
    const isFirst = page.mostradorFirstChats?.includes(chatId) === true
    if (!isFirst && (chat.t ?? 0) >= before && !isOlder) return []
    let phoneId: string | null = chatId.endsWith('@c.us') ? chatId : null
    if (phoneId === null) {
      try {
        const phone = page.require('WAWebApiContact').getPhoneNumber(chat.id)
        phoneId = phone === undefined || phone === null ? null : idOf(phone)
      } catch {
        // The site tells no phones.
      }
    }
    return [{ chatId, name: String(chat.formattedTitle ?? chat.name ?? ''), phoneId }]
  })
}

export interface PageChatNews {
  chatId: string
  unread: number
}

/**
 * Chats that have something unread or newer than `since` (seconds, null for none), those last that were active last.
 */
export function listChatsWithNews(order: {
  since: number | null
  groups: boolean
  limit: number
}): PageChatNews[] {
  const page = globalThis as unknown as PageWindow
  const chatIdOf = (chat: PageChat | null | undefined): string => {
    try {
      return chat === null || chat === undefined ? '' : (chat.id._serialized ?? String(chat.id))
    } catch {
      return ''
    }
  }
  const kinds = order.groups ? /@(c\.us|lid|g\.us)$/ : /@(c\.us|lid)$/
  return page
    .require('WAWebCollections')
    .Chat.getModelsArray()
    .filter((chat) => kinds.test(chatIdOf(chat)))
    .map((chat) => ({ chatId: chatIdOf(chat), unread: Math.max(0, chat.unreadCount ?? 0), t: chat.t ?? 0 }))
    .filter((chat) => chat.unread > 0 || (order.since !== null && chat.t >= order.since))
    .sort((one, other) => one.t - other.t)
    .slice(-order.limit)
    .map(({ chatId, unread }) => ({ chatId, unread }))
}

/**
 * Messages of a chat since `after` (seconds, null for none) and those of the `unread` newest of the other side, oldest
 * first, as the library describes messages.
 */
export async function readChat(order: {
  chatId: string
  after: number | null
  unread: number
  limit: number
}): Promise<unknown[]> {
  const page = globalThis as unknown as PageWindow
  const library = page.WWebJS
  if (library === undefined) throw new Error('mostrador: the library is not there')
  const chat = await library.getChat(order.chatId, { getAsModel: false })
  if (chat?.msgs === undefined) return []
  // Times are whole seconds. What is loaded later was said earlier, also within one.
  let earlier: unknown[] = []
  const byTime = () => {
    const all = chat.msgs?.getModelsArray() ?? []
    const place = new Map(earlier.map((message, index) => [message, index - earlier.length]))
    return [...all]
      .sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0))
      .filter((message) => message.isNotification !== true)
      .sort((one, other) => (one.t ?? 0) - (other.t ?? 0))
  }
  let messages = byTime()
  for (;;) {
    const incoming = messages.filter((message) => !message.id.fromMe).length
    const reachesBack =
      order.after === null || messages.some((message) => (message.t ?? 0) < (order.after ?? 0))
    if (messages.length >= order.limit || (reachesBack && incoming >= order.unread)) break
    let loaded: unknown
    try {
      loaded = await page.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat })
    } catch {
      break
    }
    const before = messages.length
    if (Array.isArray(loaded)) earlier = [...loaded, ...earlier]
    messages = byTime()
    if (!Array.isArray(loaded) || loaded.length === 0 || messages.length === before) break
  }
  const unread = new Set(
    order.unread > 0 ? messages.filter((message) => !message.id.fromMe).slice(-order.unread) : [],
  )
  const wanted = messages.filter(
    (message) => unread.has(message) || (order.after !== null && (message.t ?? 0) >= order.after),
  )
  return wanted.slice(-order.limit).flatMap((message) => {
    try {
      return [library.getMessageModel(message)]
    } catch {
      return []
    }
  })
}

/** What is known about who wrote a message. */
export interface PageSender {
  chatName: string | null
  savedName: string | null
  pushName: string | null
  phoneId: string | null
  /** The chat has messages of before `before`, other than `messageId`. */
  older: boolean
}

export async function describeSender(order: {
  chatId: string
  authorId: string
  messageId: string
  /** Seconds. */
  before: number
}): Promise<PageSender> {
  const page = globalThis as unknown as PageWindow
  const { Chat, Contact } = page.require('WAWebCollections')
  const { createWid } = page.require('WAWebWidFactory')
  const idOf = (id: PageWid | PageKey): string => id._serialized ?? ('$1' in id && id.$1 ? id.$1 : String(id))
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read()
    } catch {
      return undefined
    }
  }
  const chat = attempt(() => Chat.get(createWid(order.chatId)))
  const contact = attempt(() => Contact.get(createWid(order.authorId)))
  const isOlder = (): boolean =>
    (chat?.msgs?.getModelsArray() ?? []).some(
      (message) =>
        message.isNotification !== true &&
        !['e2e_notification', 'notification_template', 'gp2'].includes(message.type) &&
        idOf(message.id) !== order.messageId &&
        (message.t ?? order.before) < order.before,
    )
  let older = isOlder()
  if (!older && chat !== undefined && (chat.msgs?.getModelsArray() ?? []).length < 5) {
    try {
      await page.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat })
      older = isOlder()
    } catch {
      // What is loaded has to do.
    }
  }
  let phoneId: string | null = order.authorId.endsWith('@c.us') ? order.authorId : null
  if (phoneId === null && order.authorId.endsWith('@lid')) {
    try {
      const phone = (await page.WWebJS?.enforceLidAndPnRetrieval(order.authorId))?.phone
      phoneId = phone === undefined || phone === null ? null : idOf(phone)
    } catch {
      // Not told.
    }
    phoneId ??= contact?.phoneNumber === undefined ? null : idOf(contact.phoneNumber)
  }
  return {
    chatName: chat?.formattedTitle ?? chat?.name ?? null,
    savedName: contact?.name ?? null,
    pushName: contact?.pushname ?? contact?.verifiedName ?? null,
    phoneId,
    older,
  }
}

/** What can be known about a message's file before it is fetched. */
export interface PageMedia {
  type: string
  size: number | null
  stage: string | null
  /** A contact card's text. */
  card: string | null
}

export async function describeMedia(messageId: string): Promise<PageMedia | null> {
  const page = globalThis as unknown as PageWindow
  const { Msg } = page.require('WAWebCollections')
  const message = Msg.get(messageId) ?? (await Msg.getMessagesById([messageId]))?.messages?.[0]
  if (message === undefined || message === null) return null
  return {
    type: message.type,
    size: typeof message.size === 'number' ? message.size : null,
    stage: message.mediaData?.mediaStage ?? null,
    card: message.type === 'vcard' && typeof message.body === 'string' ? message.body : null,
  }
}
