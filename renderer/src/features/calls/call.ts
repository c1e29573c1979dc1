import type { QueryClient } from '@tanstack/react-query'
import type { ServingSettings, ShopEvent } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { api } from '../../rpc/client.ts'
import { notificationPermission, notifyBrowser } from './browser-notification.ts'
import { playCall } from './sound.ts'
import { callIn, waysOf } from './state.ts'
import { useCallStore } from './store.ts'

/** Calls the person in front of this browser when a customer needs somebody. */
export async function callPerson(shop: string, event: ShopEvent, queries: QueryClient): Promise<void> {
  if (event.type === 'conversation.returned') useCallStore.getState().hide(event.payload.conversationId)
  const call = callIn(event)
  if (call === null) return
  const preferences = usePreferences.getState().calls
  const permission = notificationPermission()
  const ways = waysOf({
    preferences,
    shop: await callSettings(shop, queries),
    permission: permission === 'none' || permission === 'desktop' ? 'denied' : permission,
    open: window.location.hash === `#${screenPath(shop, 'conversations', call.conversationId)}`,
    focused: document.visibilityState === 'visible' && document.hasFocus(),
  })
  if (ways.notice) useCallStore.getState().show({ ...call, shop })
  if (ways.sound) playCall()
  if (ways.notification) await notifyBrowser(shop, call, preferences.words)
}

/** Null when they cannot be had: the notice in the desk comes all the same. */
async function callSettings(
  shop: string,
  queries: QueryClient,
): Promise<ServingSettings['callOwner'] | null> {
  try {
    const options = api.serving.settings.queryOptions({ input: { shop } })
    return (await queries.ensureQueryData(options)).callOwner
  } catch {
    return null
  }
}
