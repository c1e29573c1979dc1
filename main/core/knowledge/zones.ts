import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'
import type { DeliveryZone, ShopProfile } from './profile.ts'

/** What a place named by a customer means for delivery. */
export interface ZoneMatch {
  /** True: a zone takes it. False: the shop says that it does not go there. Null: the shop says nothing of it. */
  served: boolean | null
  zone: DeliveryZone | null
  /** The zone's or shop's own word that matched. */
  place: string
}

interface Found {
  score: number
  place: string
}

/**
 * Finds the delivery zone that a text speaks of: accents and small typos forgiven, exclusions and places that are not
 * served heeded, postal codes as code, range (`28001-28020`) or prefix (`080xx`). The longest match wins.
 */
export function matchZone(delivery: ShopProfile['delivery'], query: string): ZoneMatch {
  const none: ZoneMatch = { served: null, zone: null, place: '' }
  const words = fold(query).split(' ').filter(Boolean)
  if (delivery === null || words.length === 0) return none
  let best: (Found & { served: boolean; zone: DeliveryZone | null }) | null = null
  const offer = (found: Found | null, served: boolean, zone: DeliveryZone | null) => {
    if (found === null || (best !== null && found.score < best.score)) return
    // At the same length a refusal wins over an offer: promising a delivery that is not made is the worse mistake.
    if (best !== null && found.score === best.score && (served || !best.served)) return
    best = { ...found, served, zone }
  }
  for (const zone of delivery.zones) {
    for (const place of [zone.name, ...zone.areas]) offer(findPlace(place, words), true, zone)
    for (const place of zone.excludes) offer(findPlace(place, words), false, zone)
  }
  const served = delivery.zones.flatMap(({ name, areas }) => [name, ...areas]).map(fold)
  // "Solo entregamos en Roma y Condesa" names what is served.
  const only = /\b(?:solo|solamente|unicamente|only)\b/.test(fold(delivery.notServed))
  for (const place of placesOf(delivery.notServed).filter((one) => !only || !served.includes(fold(one))))
    offer(findPlace(place, words), false, null)
  return best ?? none
}

/** Places named in a free text such as "No enviamos a Canarias, Ceuta ni Melilla". */
function placesOf(text: string): string[] {
  const named =
    text.match(/\p{Lu}[\p{L}'’-]*(?:\s+(?:(?:de|del|la|las|los|el|of|the|y|and)\s+)*\p{Lu}[\p{L}'’-]*)*/gu) ??
    []
  const parts = text.split(/[,;.\n]|\s(?:ni|y|o|e|and|or|nor)\s/u).map((part) => part.trim())
  return [...named, ...parts].filter((part) => fold(part).length > 2 && fold(part).split(' ').length <= 4)
}

function findPlace(place: string, words: readonly string[]): Found | null {
  const code = findPostalCode(place, words)
  if (code !== null) return code
  const wanted = fold(place)
    .split(' ')
    .filter((word) => word !== '' && !filler.has(word))
  if (wanted.length === 0) return null
  const kept = words.filter((word) => !filler.has(word))
  for (let at = 0; at + wanted.length <= kept.length; at++) {
    if (wanted.every((word, offset) => sameWord(word, kept[at + offset] ?? ''))) {
      return { score: wanted.join('').length, place }
    }
  }
  return null
}

const filler = new Set([
  'de',
  'del',
  'la',
  'las',
  'los',
  'el',
  'the',
  'of',
  'a',
  'en',
  'in',
  'to',
  'y',
  'and',
  'zona',
  'zone',
  'area',
  'barrio',
  'no',
  'ni',
  'enviamos',
  'envios',
])

function sameWord(wanted: string, word: string): boolean {
  if (wanted === word) return true
  if (/\d/.test(wanted) || /\d/.test(word)) return false
  const shorter = Math.min(wanted.length, word.length)
  const allowed = shorter >= 8 ? 2 : shorter >= 5 ? 1 : 0
  return allowed > 0 && Math.abs(wanted.length - word.length) <= allowed && typos(wanted, word) <= allowed
}

/** Edit distance in which two swapped neighbours count as one mistake. */
function typos(a: string, b: string): number {
  if (a.length === b.length) {
    const at = [...a].findIndex((letter, index) => letter !== b[index])
    if (at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)) return 1
  }
  return distance(a, b)
}

function findPostalCode(place: string, words: readonly string[]): Found | null {
  const pattern = place.trim().toLowerCase()
  const range = /^(\d{4,6})\s*[-–]\s*(\d{4,6})$/.exec(pattern)
  const prefix = /^(\d{2,5})[x*]+$/.exec(pattern)
  const codes = words.filter((word) => /^\d{4,6}$/.test(word))
  for (const code of codes) {
    const inRange =
      range?.[1] && range[2] && code.length === range[1].length && code >= range[1] && code <= range[2]
    if (inRange || (prefix?.[1] && code.startsWith(prefix[1]))) return { score: code.length, place }
  }
  return null
}
