import { isProperName } from './contact-words.ts'
import { isOptionName } from './options.ts'
import type { RemainingText } from './remaining-text.ts'
import { taken } from './remaining-text.ts'

/** Postal addresses of Spain, Mexico, Colombia, Argentina, Britain and the United States, as customers write them. */
export interface Address {
  /** Street, number, floor, door. */
  address: string | null
  /** Postcode, quarter, town, region: what a delivery zone is found by. */
  place: string | null
}

const street = String.raw`(?:c\/|(?:calle|cl|cll|carrera|cra|kra|kr|cr|avenida|avda|av|ave|paseo|p[ºo]|plaza|plz|pza|plza|ronda|rda|camino|carretera|ctra|traves[ií]a|pasaje|psje|pje|bulevar|boulevard|blvd|calzada|calz|diagonal|diag|dg|transversal|transv|tv|circular|autopista|rambla|gran v[ií]a|callej[oó]n|cerrada|circuito|prolongaci[oó]n|prol|glorieta|alameda|pol[ií]gono|jir[oó]n|jr|vereda|carrer)\b\.?)`
const houseNumber = String.raw`(?:[\s,]*(?:#|km\.?|n[º°o]\.?|no\.?|n[uú]m(?:ero)?\.?)?\s*\d+[A-Za-z]?(?![\p{L}\d])(?:\s+(?:bis|sur|norte|este|oeste)(?!\p{L}))?(?:\s*(?:#|n[º°o]\.?|no\.?|-|–|con)\s*\d+[A-Za-z]?(?![\p{L}\d]))*|[\s,]*s\/n)`
const unitWord = String.raw`(?:piso|apto|apartamento|apt|apartment|dpto|depto|departamento|dto|int|interior|puerta|pta|portal|bloque|blq|torre|escalera|esc|casa|local|oficina|of|unidad|edificio|edif|manzana|mz|lote|planta|nivel|flat|unit|suite|ste|floor|timbre|nave|parcela|habitaci[oó]n|hab|room)`
const unit = String.raw`[\s,]*(?:#\s*\d+[A-Za-z]?(?![\p{L}\d])|\d{1,2}\s*[ºª°]?\s*[-–/]\s*\d{1,2}\s*[ºª°]?(?![\p{L}\d])|${unitWord}\b\.?\s*#?\s*(?:(?:n[º°o]\.?)\s*)?(?:\d+\s*[ºª°]?\s*[A-Za-z]?|[A-Za-z]|\p{Lu}[\p{L}]+)(?![\p{L}\d])(?:\s*[ºª°])?|(?:bajo|[aá]tico|entresuelo|principal|entlo)(?!\p{L})(?:\s+[A-Za-z](?!\p{L}))?|\d{1,2}\s*(?:[º°ª]|o(?=\s)|er|do|to)?\s*-?\s*(?:izq(?:uierda|da)?|dcha|derecha|der|centro|[A-Za-z])(?![\p{L}\d])\.?|\d{1,2}\s*[º°ª]\s*(?:\d{1,2}\s*[º°ª])?|(?:primero|segundo|tercero|cuarto|quinto|sexto|s[eé]ptimo|octavo)(?:\s+(?:derecha|izquierda|dcha|izq|[a-h](?!\p{L})))?(?!\p{L})|[A-H](?![\p{L}\d]))`
const quarterWord = String.raw`(?:col(?:onia)?|barrio|b[ºo]|fracc(?:ionamiento)?|urb(?:anizaci[oó]n)?|localidad|alcald[ií]a|delegaci[oó]n|sector|distrito)`
const postcode = String.raw`(?:c\.?\s?p\.?\s*:?\s*)?(?:\d{5}(?:-\d{4})?|\d{4}|[A-Z]\d{4}(?:[A-Z]{3})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?![\p{L}\d])`
const namedStreet = String.raw`(?:(?:flat|apt|apartment|unit|suite)\b\.?\s*\w+[\s,]+)?\d+[A-Za-z]?(?:-\d+)?\s+(?:[\p{L}'’.]+\s+|\d+(?:st|nd|rd|th)\s+){1,4}?(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way|place|pl|square|sq|terrace|crescent|cres|gardens|gdns|grove|hill|row|mews|boulevard|blvd|highway|hwy|parkway|pkwy|circle|cir|park|view|walk|parade|quay|wharf)\b\.?(?:\s+(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b\.?)?`
/** "12 Calle del Horno, Centre": a Spanish street as English puts it; no number stands behind it. */
const numberedStreet = String.raw`(?<=^\s*|\b(?:to|at|is|in)\s|[,:]\s*)\d+[A-Za-z]?\s+(?:calle|avenida|plaza|paseo|camino|ronda|carrera)\s+(?:(?:de|del|la|las|los|el)\s+)*\p{L}[\p{L}'’-]*(?![\p{L}\d])(?:\s+(?:(?:de|del|la|las|los|el)\s+)*\p{Lu}[\p{L}'’-]*){0,2}(?!\s*(?:,|n[º°]|#)?\s*\d{1,4}(?!\d))`
/** "7 Kirkgate, Leeds LS1 6BY": a number and a name, where a postcode follows. */
const englishStreet = String.raw`(?:${numberedStreet}|${namedStreet}|\d+[A-Za-z]?\s+\p{L}[\p{L}'’]+(?:\s+\p{L}[\p{L}'’]+){0,2}(?=,[^\n]{0,40}?(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?![\p{L}\d])))`

/** Words that no town has. */
const noTown =
  /^(?:por|porfa|favor|gracias|please|thanks|thank|y|and|a|al|para|que|con|me|te|lo|la|mi|my|si|s[ií]|no|pago|nombre|tel|cel|name|phone|quiero|mejor|vale|ok|hola|pero|porque|cuando|tarde|ma[nñ]ana|hoy|today|tomorrow|i|is|it|for|to|with|or|o|recoger|recojo|ya|eso|es|bizum|tarjeta|efectivo|cash|card|confirmo|perfecto)$/i
const townWord = String.raw`(?:(?:\p{L}\.){2,}|\p{L}{1,3}\.(?= )|\p{L}[\p{L}'’-]*)(?![\p{L}\d])`
const town = String.raw`(?:(?:la|las|los|el|san|santa|st\.?|de|del|d['’]) +)*${townWord}(?: +(?:(?:de|del|la|las|los|el|of|upon|on|the|y) +)*${townWord}){0,3}`

const isRegion =
  /^(?:ciudad|buenos|nuevo|nueva|new|san|santa|saint|las|los|la|el|estado|comunidad|provincia|north|south|west|east|d\.?f|cdmx|caba|madrid|barcelona|bogot[aá]|m[eé]xico|argentina|colombia|espa[nñ]a|spain|uk|england|usa|united|reino)\b/i

/** Reads on from a place in the text, taking what fits. */
class Walk {
  readonly text: string
  at: number

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }

  next(pattern: string, flags = 'iu'): RegExpExecArray | null {
    const match = new RegExp(pattern, `${flags}y`)
    match.lastIndex = this.at
    const found = match.exec(this.text)
    if (found !== null) this.at += found[0].length
    return found
  }
}

const gap = String.raw`[\s,.]*`

function tidy(parts: readonly string[]): string | null {
  const text = parts
    .map((part) =>
      part
        .replace(/\s+/g, ' ')
        .replace(/^[\s,.;-]+|[\s,;-]+$/g, '')
        .replace(/(?<=\p{L}{4}|\d)\.$/u, ''),
    )
    .filter((part) => part !== '')
    .join(', ')
  return text === '' ? null : text.slice(0, 160)
}

/** Takes the words of a town from the walk, as far as they are one. */
function townAt(walk: Walk, name: boolean): string | null {
  const before = walk.at
  const found = walk.next(String.raw`${gap}(?:en\s+|de\s+|in\s+)?(${town})`)
  if (found?.[1] === undefined) return null
  const words = found[1].split(/\s+/)
  // "la Condesa": an article may begin it
  const end = words.findIndex(
    (word, index) => noTown.test(word) && !(index === 0 && words.length > 1 && /^l[ao]s?$/i.test(word)),
  )
  const kept = end < 0 ? words : words.slice(0, end)
  while (kept.length > 0 && /^(?:de|del|la|las|los|el|y|of|the)$/i.test(kept.at(-1) ?? '')) kept.pop()
  const text = kept.join(' ')
  if (text === '' || (name && isProperName(text) && kept.length > 1 && !isRegion.test(text))) {
    walk.at = before
    return null
  }
  if (kept.length < words.length) {
    const lead = found[0].length - found[1].length
    const last = kept.at(-1) ?? ''
    let end = 0
    for (const word of kept) end = found[1].indexOf(word, end) + word.length
    walk.at = before + lead + end
    if (last === '') walk.at = before
  }
  return text
}

/** Quarter, postcode, town and region from a place in the text. */
function placeAt(walk: Walk): string | null {
  const parts: string[] = []
  let towns = 0
  for (let round = 0; round < 5; round++) {
    const quarter = walk.next(String.raw`${gap}(?:en\s+(?:la|el)\s+)?${quarterWord}\b\.?\s+(${town})`)
    if (quarter?.[1] !== undefined) {
      parts.push(quarter[1])
      towns++
      continue
    }
    const code = walk.next(String.raw`${gap}(${postcode})`, 'u') ?? walk.next(String.raw`${gap}(${postcode})`)
    if (code?.[1] !== undefined) {
      parts.push(code[1])
      continue
    }
    const state = walk.next(String.raw`${gap}([A-Z]{2}\s+\d{5}(?:-\d{4})?)(?![\p{L}\d])`, 'u')
    if (state?.[1] !== undefined) {
      parts.push(state[1])
      continue
    }
    if (towns >= 3) break
    // After a town, two capitalised words are rather a name.
    const before = walk.at
    const found = townAt(walk, towns > 0)
    if (found === null) break
    // "28008. Elena Sanz 622…", "Madrid, Luis 612…": who it is for
    const between = walk.text.slice(before, walk.at)
    const marked = walk.text.slice(walk.at).trimStart().startsWith(taken)
    if (parts.length > 0 && !isRegion.test(found) && (/^\s*\.\s/.test(between) || (towns > 0 && marked))) {
      walk.at = before
      break
    }
    if (towns > 0 && found.split(' ').length > 2 && !isRegion.test(found)) break
    parts.push(found)
    towns++
  }
  if (parts.length === 0) return null
  return tidy(joinCodes(parts))
}

/** "28013", "Madrid" → "28013 Madrid"; "Bath", "BA1 1DE" → "Bath BA1 1DE". */
function joinCodes(parts: readonly string[]): string[] {
  const joined: string[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    const code = new RegExp(`^${postcode}$`, 'iu').test(part)
    const lastIsCode = last !== undefined && new RegExp(`^${postcode}$`, 'iu').test(last)
    if (
      last !== undefined &&
      ((lastIsCode && !code) ||
        (code &&
          !lastIsCode &&
          ((/^[A-Z]/.test(part) && !/^c/i.test(part)) || (/^\d{5}/.test(part) && / [A-Z]{2}$/.test(last)))))
    )
      joined[joined.length - 1] = `${last} ${part}`
    else joined.push(part)
  }
  return joined
}

function startOf(text: string): { at: number; english: boolean } | null {
  const spanish = new RegExp(String.raw`(?<![\p{L}\d])${street}(?=\s*[\p{L}\d#])`, 'iu').exec(text)
  const read = new RegExp(String.raw`(?<![\p{L}\d])${englishStreet}`, 'iu').exec(text)
  // "2 mugs, Leeds LS1 6BY": what is no street by its word has a name
  const named =
    read !== null && new RegExp(String.raw`^(?:${numberedStreet}|${namedStreet})`, 'iu').test(read[0])
  const english = named || /^\d+[A-Za-z]?\s+\p{Lu}/u.test(read?.[0] ?? '') ? read : null
  // "415 Oak Ave Naperville 60540"
  const suffix =
    spanish !== null &&
    english !== null &&
    english.index < spanish.index &&
    /^(?:ave?|plaza)\b/i.test(spanish[0])
  const numbered = english !== null && new RegExp(String.raw`^${numberedStreet}`, 'iu').test(english[0])
  if (numbered && spanish !== null && spanish.index > english.index)
    return { at: english.index, english: true }
  if (spanish !== null && !suffix && (english === null || spanish.index <= english.index + english[0].length))
    return { at: spanish.index, english: false }
  return english === null ? null : { at: english.index, english: true }
}

const lead =
  /(?:(?:^|[\s,])(?:(?:mi\s+|la\s+|el\s+|my\s+|the\s+)?(?:direcci[oó]n|domicilio|address)(?:\s+(?:es|is|de entrega|de env[ií]o))*\s*:?|vivo en|estoy en|es en|es|ser[ií]a en|en|a|al|to|at|in|para|hasta)(?:\s+(?:la|el|the))?\s*)+$/iu

/** Takes a whole address, and the town written after it. */
export function takeAddress(text: RemainingText): Address | null {
  const start = startOf(text.text)
  if (start === null) return null
  const walk = new Walk(text.text, start.at)
  const parts: string[] = []
  if (start.english) {
    const line = walk.next(englishStreet)
    if (line === null) return null
    parts.push(line[0])
  } else {
    const line =
      walk.next(String.raw`${street}\s*(?:[\p{L}'’.ºª-]+\s+){0,6}?[\p{L}'’.ºª-]*${houseNumber}`) ??
      walk.next(
        String.raw`${street}\s*(?:(?:de|del|la|las|los|el)\s+)*\p{L}[\p{L}'’.-]*(?:\s+(?:(?:de|del|la|las|los|el)\s+)*\p{Lu}[\p{L}'’.-]*){0,3}`,
        'iu',
      )
    if (line === null || new RegExp(taken).test(line[0])) return null
    parts.push(line[0])
  }
  for (let round = 0; round < 5; round++) {
    const found = walk.next(unit)
    if (found === null) break
    parts.push(found[0])
  }
  const address = tidy(parts)
  // "en Pueblo Libre, calle Bolognesi 456, Sofía Lara": the town stood before the street
  const ahead = new RegExp(String.raw`(?<!\p{L})(?:en|in)\s+(${town})\s*,\s*$`, 'iu').exec(
    text.text.slice(0, start.at),
  )
  if (
    ahead?.[1] !== undefined &&
    !noPlace.test(ahead[1]) &&
    !ahead[1].split(/\s+/).some((word) => noTown.test(word))
  ) {
    const code = walk.next(String.raw`${gap}(${postcode})`, 'u')
    text.cut(ahead.index, walk.at)
    return { address, place: tidy([ahead[1], code?.[1] ?? '']) }
  }
  const place = placeAt(walk)
  const before = lead.exec(text.text.slice(0, start.at))
  text.cut(before === null ? start.at : before.index + (/^[\s,]/.test(before[0]) ? 1 : 0), walk.at)
  return { address, place }
}

/** "a domicilio en Getafe", "mándamelo a Palermo": a town after a word of sending. */
const sentTo =
  /(?<!\p{L})(?:domicilio|env[ií]\w*|m[aá]nd\w*|entreg\w+|despach\w+|repart\w+|ll[eé]v\w+|tra[eé]\w*|deliver\w*|ship\w*|send\w*|vivo|estoy|i live|i['’]?m based)(?:\s+(?:it|them|melo|todo|el pedido|this|a domicilio))?\s+(?:a|al|en|hasta|para|to|in)\s+(?=(?:la |el |las |los )?\p{L})/iu
/** Where no town is told: "a mi casa", "a domicilio". */
const noPlace =
  /^(?:mi|my|casa|domicilio|home|tu|la tienda|the shop|el local|este|esta|me|you|us|recoger|pagar|la puerta|la direcci[oó]n|mi direcci[oó]n|direcci[oó]n|su|nombre|partir|ver|a)\b/i

export function takePlaceSentTo(text: RemainingText): string | null {
  const found = sentTo.exec(text.text)
  if (found === null) return null
  const at = found.index + found[0].length
  // a name with a number of up to four digits is rather a street
  if (
    noPlace.test(text.text.slice(at)) ||
    /^(?:\p{L}[\p{L}'’.]* +){1,4}\d{1,4}(?!\d)/u.test(text.text.slice(at))
  )
    return null
  // "a Macul, Los Plátanos 2330": the town and its street
  const [, ahead = ''] =
    /^([^,\n\d]+),\s*(?:\p{L}[\p{L}'’.]* +){1,4}\d{1,5}(?!\d)(?! *\p{Lu})/u.exec(text.text.slice(at)) ?? []
  const walk = new Walk(ahead === '' ? text.text : text.text.slice(0, at + ahead.length), at)
  const place = placeAt(walk)
  if (place === null || isOptionName(place.toLowerCase())) return null
  text.cut(at, walk.at)
  return place
}

/** A bare answer to "where to?": "Getafe", "28013 Madrid", "en Chapinero". */
export function takeBarePlace(
  text: RemainingText,
  names: (words: string) => boolean,
  asked: boolean,
): string | null {
  for (const chunk of text.chunks()) {
    const [lead = '', preposition] =
      /^(?:(?:pues|mejor|entonces|vale|ok|s[ií]|es|est[aá]|vivo|estoy|soy(?=\s+de\b)|queda|ser[ií]a|it['’]?s|i['’]?m|i live|well|then)\s+)*((?:en|a|al|de|in|at|to|para)\s+)?(?:(?:el|la)\s+(?=barrio|colonia|localidad|zona))?/iu.exec(
        chunk.text,
      ) ?? []
    if (!asked && preposition === undefined) continue
    const walk = new Walk(chunk.text, lead.length)
    const place = placeAt(walk)
    if (place === null || walk.at < chunk.text.replace(/[\s.!]+$/, '').length || !names(place)) continue
    // towns that follow with a comma: "Getafe, Madrid"
    const rest = new Walk(text.text, chunk.from + lead.length)
    const whole = placeAt(rest)
    text.cut(chunk.from, rest.at)
    return whole ?? place
  }
  return null
}

/**
 * A bare answer to "which street and number?": a name and a number after it, "Mayor 3 2b". What begins with a number is
 * rather an amount of something.
 */
export function takeBareAddress(
  text: RemainingText,
  names: (words: string) => boolean,
  withPlace = true,
): Address | null {
  for (const chunk of text.chunks()) {
    const lead =
      /^(?:(?:en|a|al|es|to|at|pues|mejor|vale|s[ií])\s+)+(?=\p{L})/iu.exec(chunk.text)?.[0].length ?? 0
    const own = chunk.text.slice(lead)
    if (!/^\p{L}[^\d]*\d/u.test(own) || own.length > 120 || !names(own)) continue
    const walk = new Walk(text.text, chunk.from + lead)
    const line = walk.next(String.raw`(?:[\p{L}'’.ºª-]+ +){1,6}${houseNumber}`)
    if (line === null) {
      text.cut(chunk.from, chunk.to)
      return { address: tidy([own]), place: null }
    }
    const parts = [line[0]]
    for (let round = 0; round < 5; round++) {
      const found = walk.next(unit)
      if (found === null) break
      parts.push(found[0])
    }
    const address = tidy(parts)
    const place = withPlace ? placeAt(walk) : null
    text.cut(chunk.from, walk.at)
    return { address, place }
  }
  return null
}
