import { toPage, toProduct } from './addresses.ts'
import { note } from './journal.ts'
import type { Page, Paused } from './page.ts'
import { preventable } from './preventable.ts'
import type { WebContents } from './web-contents.ts'

/** Whether a request of a page may go on: the product is asked as Electron would ask it. */
export async function decideRequest(request: Paused, page: Page, contents: WebContents): Promise<void> {
  const { requestId } = request
  const url = toProduct(request.url)
  if (request.document) {
    if (!mayNavigate(request, url, page, contents)) {
      await page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    await contents.session.decidePermissions(url, contents, page)
  }
  const { cancel, redirectURL } = await contents.session.webRequest.before({
    url,
    method: request.method,
    resourceType: request.document ? 'mainFrame' : 'other',
    webContentsId: contents.id,
  })
  if (cancel === true) {
    note('request.cancelled', { url })
    await page.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    return
  }
  const elsewhere = redirectURL === undefined ? {} : { url: toPage(redirectURL) }
  await page.send('Fetch.continueRequest', { requestId, ...elsewhere })
}

/** Electron asks about what a page or a server wants, and about nothing that the app does itself. */
function mayNavigate(request: Paused, url: string, page: Page, contents: WebContents): boolean {
  const isMainFrame = request.frameId === page.mainFrameId
  const frame = contents.mainFrame
  const details = { url, isMainFrame, isSameDocument: false, frame, initiator: frame }
  const byPage = [...(isMainFrame ? ['will-navigate'] : []), 'will-frame-navigate']
  const kinds = request.redirected ? ['will-redirect'] : request.byPage ? byPage : []
  for (const kind of kinds) {
    const event = preventable(details)
    contents.emit(kind, event, url, false, isMainFrame)
    note(`webContents.${kind}`, { id: contents.id, url, prevented: event.defaultPrevented })
    if (event.defaultPrevented) return false
  }
  contents.emit('did-start-navigation', preventable(details), url, false, isMainFrame)
  return true
}
