import type { Span } from './spans.ts'
import { spansOf } from './spans.ts'

/** Street with number, floor and door, as customers write them; quarter, town and postcode stay: delivery is told by them. */
export function addressSpans(text: string): Span[] {
  return [
    ...spansOf(text, spanishStreet, 'ADDRESS'),
    ...spansOf(text, colombianStreet, 'ADDRESS'),
    ...spansOf(text, englishStreet, 'ADDRESS'),
    ...spansOf(text, capitalStreet, 'ADDRESS'),
    ...spansOf(text, introducedStreet, 'ADDRESS'),
  ]
}

/** Names that are told as such: "me llamo …", "a nombre de …", "my name is …". */
export function introducedNames(text: string): Span[] {
  return [
    ...spansOf(text, introducedName, 'NAME', isNoThing),
    ...spansOf(text, introducedLowerName, 'NAME', isNoVerb),
  ]
}

const unitWord = `(?:piso|apto|apartamento|apt|apartment|dpto|depto|departamento|interior|int|puerta|pta|portal|bloque|blq|torre|escalera|esc|casa|local|oficina|manzana|mz|lote|flat|unit|suite|ste|floor|timbre)`
const unit = String.raw`(?:[\s,]*(?:${unitWord}\.?\s*#?\s*(?:n[º°o]\.?\s*)?(?:\d{1,4}\s*[ºª°]?\s*[A-Za-z]?|[A-Za-z])|\d{1,2}\s*[ºª°]\s*-?\s*(?:izq(?:uierda|da)?|dcha|derecha|der|centro|[A-Za-z]|\d{1,2}[ºª°]?)?|\d{1,2}\s*-?\s*(?:izq(?:uierda|da)?|dcha|derecha)|(?:bajo|[aá]tico|entresuelo|principal)(?:\s+[A-Za-z](?!\p{L}))?|#\s*\d{1,4}[A-Za-z]?|\d{1,2}\s?[A-Ha-h]|\d{1,2}(?:er|do|ro|to|mo|vo|no)(?:\s+[A-Za-z](?!\p{L}))?|(?:primero|segundo|tercero|cuarto|quinto|sexto|s[eé]ptimo|octavo)(?:\s+(?:derecha|izquierda|dcha|izq|[A-Ha-h](?!\p{L})))?)(?![\p{L}\d]))`
const number = String.raw`[\s,]*(?:#|km\.?|n[º°o]\.?|no\.?|n[uú]m(?:ero)?\.?)?\s*\d{1,5}[A-Za-z]?(?![\p{L}\d]|[.,]\d)(?!\s?(?:€|\$|£|%|euros?|pesos?|d[oó]lares|unidades|uds|metros|cm|mm|kg|kilos|gramos|litros|ml)(?!\p{L}))(?:\s+bis(?!\p{L}))?`
const streetWord = String.raw`(?:c\/|(?:calle|avenida|avda|avd|av|paseo|p[ºo]|plaza|plz|pza|ronda|rda|camino|carretera|ctra|traves[ií]a|pasaje|psje|pje|bulevar|blvd|calzada|calz|rambla|gran v[ií]a|callej[oó]n|cerrada|circuito|prolongaci[oó]n|prol|glorieta|alameda|jir[oó]n|jr|carrer|carrera|diagonal|transversal)\b\.?)`

const spanishStreet = new RegExp(
  String.raw`(?<![\p{L}\d])${streetWord}\s*(?:[\p{L}'’.ºª-]+\s+){0,5}?[\p{L}'’.ºª-]*\p{L}${number}(?:\s*[-–]\s*\d{1,4}[A-Za-z]?(?![\p{L}\d]))?${unit}{0,4}`,
  'giu',
)
/** "Cra 7 # 12-34", "Calle 45 No. 13-20 apto 301" */
const colombianStreet = new RegExp(
  String.raw`(?<![\p{L}\d])(?:calle|cll?|carrera|cra|kra|kr|cr|avenida|av|diagonal|diag|dg|transversal|transv|tv|circular)\b\.?\s*\d{1,3}\s*[A-Za-z]?(?:\s+(?:bis|sur|norte|este|oeste))?\s*(?:#|n[º°o]\.?|no\.?|con|-)\s*\d{1,3}\s*[A-Za-z]?(?:\s*[-–]\s*\d{1,3})?(?![\p{L}\d])${unit}{0,4}`,
  'giu',
)
const sureSuffix =
  '(?:street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|crescent|terrace|drive|dr|court|ct|mews)'
const englishUnit = String.raw`(?:[\s,]+(?:flat|apt|apartment|unit|suite|ste|floor|#)\b\.?\s*#?\s*\w{1,5}(?!\w))?`
const englishNumber = String.raw`(?<![\p{L}\d.,$€£/-])(?:(?:flat|apt|apartment|unit|suite)\b\.?\s*\w{1,5}[\s,]+)?\d{1,5}[A-Za-z]?(?:-\d{1,4})?`
const englishStreet = new RegExp(
  String.raw`${englishNumber}\s+(?:(?:[nsew]|ne|nw|se|sw|north|south|east|west)\.?\s+)?(?:[\p{L}'’.]+\s+|\d{1,3}(?:st|nd|rd|th)\s+){1,3}?${sureSuffix}\b\.?(?![\p{L}\d-])${englishUnit}`,
  'giu',
)
/** Endings that are ordinary words need capitals, and an address's surroundings. */
const capitalStreet = new RegExp(
  String.raw`${englishNumber}\s+(?:\p{Lu}[\p{L}'’.]*\s+){1,3}(?:Way|Place|Pl|Square|Sq|Close|Gardens|Gdns|Grove|Hill|Row|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Park|View|Walk|Parade|Quay|Wharf|Gate|Green)\b\.?(?=\s*(?:,|\n|$|\.\s|[A-Z]{1,2}\d|\d{5}))${englishUnit}`,
  'gu',
)
/** "mi dirección es Los Plátanos 2330", "I live at 7 Kirkgate" */
const introducedStreet = new RegExp(
  String.raw`(?<!\p{L})(?:(?:mi\s+|la\s+|my\s+)?(?:direcci[oó]n|domicilio|address)(?:\s+(?:es|is|de entrega|de env[ií]o))*\s*:?|vivo en|i live at|(?:deliver|ship|send)(?: it| them)? to)\s+(?<value>(?:\p{L}[\p{L}'’.]*\s+){1,5}?\d{1,5}[A-Za-z]?(?![\p{L}\d]|[.,]\d)${unit}{0,4}|\d{1,5}[A-Za-z]?\s+\p{Lu}[\p{L}'’]+(?:\s+\p{Lu}[\p{L}'’]+){0,2})`,
  'giu',
)

const introduction = String.raw`(?<!\p{L})(?:[mM]e llamo|[mM]i nombre es|[aA] nombre de|[nN]ombre(?: completo)?:|[sS]oy|[mM]y name(?:['’]?s| is)|[nN]ame:|[uU]nder the name(?: of)?|[iI]['’]m|[iI] am|[cC]all me|[tT]his is|[rR]ecibe|[lL]o recoge|[aA] la atenci[oó]n de|[aA]tt(?:n)?[.:]?)`
const capitalName = String.raw`\p{Lu}[\p{L}\p{M}'’-]+`
const introducedName = new RegExp(
  String.raw`${introduction}\s{1,2}(?:(?:don|doña|Don|Doña|D\.|Mr|Mrs|Ms|Sr\.?|Sra\.?)\s)?(?<value>${capitalName}(?:\s(?:(?:de|del|la|las|los|y|van|von|da|do)\s){0,2}${capitalName}){0,4})`,
  'gu',
)
/** All in small letters: the first word, and one more before the end of the sentence. */
const introducedLowerName =
  /(?<!\p{L})(?:me llamo|mi nombre es|my name(?:['’]?s| is))\s+(?<value>\p{Ll}[\p{L}\p{M}'’-]+(?:\s\p{Ll}[\p{L}\p{M}'’-]+){0,2}(?=\s*(?:[.,;!\n]|$))|\p{Ll}[\p{L}\p{M}'’-]+)/gu

/** "Soy Candle": soy, not "I am". */
function isNoThing(match: string): boolean {
  return !/^(?:Candle|Wax|Milk|Sauce|Beans?|Protein|Lecithin)/.test(match)
}

function isNoVerb(match: string): boolean {
  return !/^(?:la|el|lo|un|una|the|not|no|mucho|poco)\b/.test(match)
}
