/**
 * Chromium knows no scheme of ours. `app://desk` is played at `http://desk.app.invalid`, which Chromium is told to
 * trust as if it were https and to find on a loopback port; the product sees `app://` only.
 */
const host = /^app:\/\/([a-z0-9-]+)/i
const played = /^(blob:)?http:\/\/([a-z0-9-]+)\.app\.invalid(?::80)?(?=[/?#]|$)/i

/** As the page has it. */
export function toPage(url: string): string {
  return url.replace(host, 'http://$1.app.invalid')
}

/** As the product has it. */
export function toProduct(url: string): string {
  return url.replace(played, '$1app://$2')
}

/** Of an address of the product's: `app://desk`, as Electron says for a standard scheme. */
export function originOf(url: string): string {
  const own = /^app:\/\/[^/?#]*/i.exec(url)?.[0]
  if (own !== undefined) return own.toLowerCase()
  try {
    return new URL(url).origin
  } catch {
    return 'null'
  }
}
