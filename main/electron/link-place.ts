import { screens } from '../../preload/contract/screens.ts'

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
  if (shop === undefined || !screens.some((each) => each === screen)) return null
  return `/${shop}/${screen}${id === undefined ? '' : `/${id}`}`
}

/** The link among a start's arguments, as the system puts it there: the last one counts. */
export function linkIn(args: readonly string[]): string | null {
  return args.findLast((arg) => arg.startsWith(`${linkScheme}:`)) ?? null
}
