import { resolve } from 'node:path'
import { app } from 'electron'
import { linkIn, linkScheme, placeOfLink } from './link-place.ts'

/** What is done with the links of the system. */
export interface LinkTarget {
  show(): void
  go(path: string): void
}

/** The system asks the app to open `mostrador:` links from now on. Not for a checkout, which comes and goes. */
export function registerLinks(): void {
  if (!app.isPackaged) return
  // An AppImage is started by its own path and not by what it was unpacked to.
  const program = process.env.APPIMAGE
  if (program === undefined) app.setAsDefaultProtocolClient(linkScheme)
  else app.setAsDefaultProtocolClient(linkScheme, resolve(program))
}

/**
 * macOS gives links here, also the one that started the app, and that before Electron is ready: call it first.
 * @param target waited for
 */
export function followOpenedLinks(target: Promise<LinkTarget>): void {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    void target.then((found) => openLink(found, url)).catch(() => undefined)
  })
}

/** Follows the link among a start's arguments; false when there is none. */
export function openLinkIn(target: LinkTarget, args: readonly string[]): boolean {
  const link = linkIn(args)
  if (link === null) return false
  openLink(target, link)
  return true
}

function openLink(target: LinkTarget, link: string): void {
  const place = placeOfLink(link)
  if (place !== null) target.go(place)
  target.show()
}
