import { afterEach, describe, expect, it, vi } from 'vitest'
import { listChats, listChatsWithNews, rememberFirstChats } from './page-chats.ts'

/** What a site has under the names that our functions ask for; it throws on others, as the real one does. */
function site(modules: Record<string, unknown>): void {
  vi.stubGlobal('require', (name: string) => {
    if (!(name in modules)) throw new Error(`unknown module ${name}`)
    return modules[name]
  })
}

function chats(...models: unknown[]): void {
  site({ WAWebCollections: { Chat: { getModelsArray: () => models } } })
}

const ana = { id: { _serialized: '34600000001@c.us' }, formattedTitle: 'Ana', t: 5, unreadCount: 1 }
/** Nothing that says who it is, and a site that answers so. */
const broken = {
  get id(): never {
    throw new Error('not yet')
  },
}

afterEach(() => vi.unstubAllGlobals())

describe('the chats of the account', () => {
  it('are all told but the one that cannot be read', () => {
    chats(broken, { id: undefined }, null, ana)
    expect(listChats(10)).toEqual([{ chatId: '34600000001@c.us', name: 'Ana', phoneId: '34600000001@c.us' }])
    const order = { since: null, groups: false, limit: 10 }
    expect(listChatsWithNews(order)).toEqual([{ chatId: '34600000001@c.us', unread: 1 }])
  })

  it('are told where the site tells no phones', () => {
    chats({ id: { _serialized: '77@lid' }, name: 'Luz' })
    expect(listChats(10)).toEqual([{ chatId: '77@lid', name: 'Luz', phoneId: null }])
  })
})

describe('the first sync after a code', () => {
  /** A page on the way from a state to being synced. */
  function page(state: string) {
    const heard = new Map<string, ((socket: unknown, value: unknown) => void)[]>()
    const socket: Record<string, unknown> = {
      state,
      hasSynced: false,
      on: (event: string, listener: () => void) => heard.set(event, [...(heard.get(event) ?? []), listener]),
    }
    const models: unknown[] = [ana]
    vi.stubGlobal('Debug', { VERSION: '2.3000' })
    vi.stubGlobal('mostradorFirstChats', undefined)
    site({
      WAWebSocketModel: { Socket: socket },
      WAWebCollections: { Chat: { getModelsArray: () => models } },
    })
    const become = (name: string, value: unknown) => {
      socket[name] = value
      for (const listener of heard.get(`change:${name}`) ?? []) listener(socket, value)
    }
    return { models, become }
  }
  const luz = { id: { _serialized: '34600000002@c.us' }, formattedTitle: 'Luz', t: 5 }

  it('tells who is there already from who writes in the same second', () => {
    const { models, become } = page('OPENING')
    rememberFirstChats()
    become('state', 'UNPAIRED')
    become('state', 'CONNECTED')
    become('hasSynced', true)
    models.push(luz)
    expect(listChats(5).map(({ name }) => name)).toEqual(['Ana'])
  })

  it('leaves it to the times when a session was restored', () => {
    const { become } = page('OPENING')
    rememberFirstChats()
    become('state', 'CONNECTED')
    become('hasSynced', true)
    expect(listChats(5)).toEqual([])
  })
})
