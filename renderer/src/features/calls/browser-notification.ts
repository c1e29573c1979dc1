import i18next from 'i18next'
import { screenPath } from '../../app/routes.ts'
import { client } from '../../rpc/client.ts'
import { inDesktop } from '../../rpc/desktop.ts'
import type { Call } from './state.ts'
import { callText } from './words.ts'

/** `desktop`: the app raises notifications itself, and the page none. */
export type Permission = 'default' | 'denied' | 'granted' | 'none' | 'desktop'

/** Whether this browser may show notices of its own; `none` where it has none. */
export function notificationPermission(): Permission {
  if (inDesktop()) return 'desktop'
  return 'Notification' in window ? Notification.permission : 'none'
}

/** Only ever called by a click. */
export async function askPermission(): Promise<Permission> {
  return 'Notification' in window ? Notification.requestPermission() : 'none'
}

/** A notice of the system. Without `words` it says nothing of the customer. */
export async function notifyBrowser(shop: string, call: Call, words: boolean): Promise<void> {
  const { conversationId } = call
  const body = words ? await customerWords(shop, call) : callText(call.reason)
  const notice = new Notification(i18next.t('inbox:handover.title'), {
    body,
    tag: conversationId,
    icon: new URL('icon.svg', document.baseURI).href,
  })
  notice.onclick = () => {
    window.focus()
    window.location.hash = screenPath(shop, 'conversations', conversationId)
    notice.close()
  }
}

async function customerWords(shop: string, { conversationId, reason }: Call): Promise<string> {
  try {
    const { customer, lastMessage } = await client.conversations.get({ shop, conversationId })
    const name = customer.name || i18next.t('inbox:unnamed')
    const text = lastMessage?.author === 'customer' ? lastMessage.text : ''
    return text === '' ? `${name}. ${callText(reason)}` : `${name}: ${text.slice(0, 160)}`
  } catch {
    return callText(reason)
  }
}
