/** Hosts that the desk's own texts link to; their subdomains count. */
const known = [
  'apache.org',
  'deepseek.com',
  'github.com',
  'google.com',
  'huggingface.co',
  'llama.com',
  'openrouter.ai',
  'opensource.org',
  'openstreetmap.org',
  't.me',
  'telegram.org',
  'whatsapp.com',
]

/** Whether an address that the desk wants to show may go to the computer's browser. Catalogs name others; those stay. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address)
  if (
    url === null ||
    url.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    url.port !== ''
  )
    return false
  return known.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}
