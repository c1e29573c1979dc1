/** What our page functions use of WhatsApp's page. All of it is the site's own, may change any day, and is not trusted. */
export interface PageWindow {
  require<Name extends keyof PageModules>(name: Name): PageModules[Name]
  Debug?: { VERSION?: string }
  /** The library's functions; there once it has noticed that the account is synced. */
  WWebJS?: {
    getChat(chatId: string, options: { getAsModel: false }): Promise<PageChat | null | undefined>
    getMessageModel(message: PageMessage): unknown
    sendSeen(chatId: string): Promise<boolean>
    sendChatstate(state: 'typing' | 'stop', chatId: string): Promise<boolean>
    enforceLidAndPnRetrieval(userId: string): Promise<{ phone?: PageWid }>
  }
  /** The library's; asks it to look again whether the account is synced. */
  onAppStateHasSyncedEvent?: () => unknown
  /** Ours: how far this document is. */
  mostradorDocument?: { claimed: boolean; listening: boolean }
  /** Ours: ids of the chats that were there when the account was synced for the first time after a code. */
  mostradorFirstChats?: readonly string[]
  /** Ours: sends under way, by their token. */
  mostradorSends?: { handed: Set<string>; cancelled: Set<string> }
  /** Ours, in Node. */
  mostradorSend?: (news: SendNews) => unknown
}

/** What becomes of a send in the page: it is with the page's own client, and then there is a result. */
export type SendNews =
  | { token: string; stage: 'handed'; id: string }
  | { token: string; stage: 'result'; result: string }
  | { token: string; stage: 'threw'; error: string }

export interface PageWid {
  _serialized?: string
  user: string
  server: string
  isLid?(): boolean
  toString(): string
}

export interface PageKey {
  _serialized?: string
  $1?: string
  fromMe: boolean
  id: string
  toString(): string
}

export interface PageMessage {
  id: PageKey
  type: string
  t?: number
  size?: number
  body?: unknown
  isNotification?: boolean
  mediaData?: { mediaStage?: string }
}

export interface PageChat {
  id: PageWid
  t?: number
  unreadCount?: number
  formattedTitle?: string
  name?: string
  msgs?: { getModelsArray(): PageMessage[] }
}

interface PageContact {
  name?: string
  pushname?: string
  verifiedName?: string
  phoneNumber?: PageWid
}

interface PageModules {
  WAWebMsgKey: { prototype: object }
  WAWebSocketModel: {
    Socket: {
      state?: string
      hasSynced?: boolean
      on(event: string, heard: (socket: unknown, value: unknown) => void): unknown
      takeover(): void
      logout(): Promise<void>
    }
  }
  WAWebCmd: { Cmd: { refreshQR(): void } }
  WAWebConnModel: { Conn: { pushname?: string } }
  WAWebUserPrefsMeUser: {
    getMaybeMePnUser(): PageWid | undefined
    getMaybeMeLidUser(): PageWid | undefined
  }
  WAWebWidFactory: { createWid(id: string): PageWid }
  WAWebApiContact: { getPhoneNumber(wid: PageWid): PageWid | undefined }
  WAWebCollections: {
    Chat: { getModelsArray(): PageChat[]; get(wid: PageWid): PageChat | undefined }
    Contact: { get(wid: PageWid): PageContact | undefined }
    Msg: {
      get(id: string): PageMessage | undefined
      getMessagesById(ids: string[]): Promise<{ messages?: PageMessage[] } | undefined>
    }
  }
  WAWebChatLoadMessages: { loadEarlierMsgs(of: { chat: PageChat }): Promise<unknown[] | undefined> }
  WAWebSendMsgChatAction: {
    addAndSendMsgToChat(chat: unknown, message: Record<string, unknown>): unknown
  }
}
