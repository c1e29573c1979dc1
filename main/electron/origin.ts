/** Where the desk lives in the desktop app. */
export const deskScheme = 'app'
export const deskHost = 'desk'
export const deskOrigin = `${deskScheme}://${deskHost}`
export const deskAddress = `${deskOrigin}/index.html`

/** Whether an address is one of the desk's own; what only looks like it is none. */
export function isDeskAddress(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${deskScheme}:` &&
    url.host === deskHost &&
    url.username === '' &&
    url.password === ''
  )
}

/** A picture or paper of a shop, which the desk shows in a window of its own. */
export function isShownFile(address: string): boolean {
  return isDeskAddress(address) && (URL.parse(address)?.pathname.startsWith('/media/') ?? false)
}

/** What Chromium's own viewer of PDFs loads into the frames of such a window: itself, and the paper. */
export function isViewerAddress(address: string): boolean {
  const viewer = URL.parse(address)
  const isViewer =
    viewer?.protocol === 'chrome-extension:' && viewer.host === 'mhjfbmdgcfjbbpaeojofohoefgiehjai'
  return isViewer || isShownFile(address)
}
