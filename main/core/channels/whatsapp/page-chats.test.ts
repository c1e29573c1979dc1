import { afterEach, describe, expect, it, vi } from 'vitest'
import { listChats, listChatsWithNews } from './page-chats.ts'

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
