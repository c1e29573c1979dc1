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
