/** Screens that a link may open; `renderer/src/app/routes.ts` has them all. */
const screens: ReadonlySet<string> = new Set([
  'conversations',
  'away',
  'orders',
  'customers',
  'questions',
  'products',
  'shop',
  'selling',
  'try',
  'assistant',
  'channels',
  'settings',
])

export const linkScheme = 'mostrador'
const longest = 300
const link =
  /^mostrador:\/\/open\/(?<shop>[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/(?<screen>[a-z]{1,20})(?:\/(?<id>[A-Za-z0-9-]{1,64}))?\/?$/

/**
 * The place of the desk that `mostrador://open/<shop>/<screen>[/<id>]` names; null for anything else. Any page in any
 * browser can make such a link: it shows something, and does nothing.
 */
export function placeOfLink(text: string): string | null {
  if (text.length > longest) return null
  const { shop, screen, id } = link.exec(text)?.groups ?? {}
  if (shop === undefined || screen === undefined || !screens.has(screen)) return null
  return `/${shop}/${screen}${id === undefined ? '' : `/${id}`}`
}

/** The link among a start's arguments, as the system puts it there: the last one counts. */
export function linkIn(args: readonly string[]): string | null {
  return args.findLast((arg) => arg.startsWith(`${linkScheme}:`)) ?? null
}
