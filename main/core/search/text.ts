/** Lower case without accents: `Lámpara ÑANDÚ` → `lampara nandu`. Length-limited, so that no query can hold the loop. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ø', 'o')
}
const MARKS = /\p{M}+/gu

/** Units that customers write after a number, by their canonical short form. */
const UNITS = new Map<string, string>(
  Object.entries({
    l: 'l lt lts litro litros liter liters litre litres',
    ml: 'ml mililitro mililitros cc',
    cl: 'cl',
    kg: 'kg kgs kilo kilos kilogramo kilogramos',
    g: 'g gr grs gramo gramos gram grams',
    mg: 'mg miligramos',
    cm: 'cm cms centimetro centimetros',
    mm: 'mm milimetro milimetros',
    m: 'm mt mts metro metros meter meters metre metres',
    in: 'pulgada pulgadas inch inches',
    gb: 'gb gigas giga gigabytes',
    tb: 'tb teras tera',
    mb: 'mb megas',
    w: 'w vatios watt watts vatio',
    v: 'v voltios volts volt',
    mah: 'mah',
    mp: 'mp megapixeles megapixels',
    hz: 'hz hercios',
    oz: 'oz onzas onza ounce ounces',
    lb: 'lb lbs libra libras pound',
  }).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit] as const)),
)

/** The canonical unit of a folded word (`litros` → `l`), or undefined for a word that is none. */
export function unitOf(word: string): string | undefined {
  return UNITS.get(word)
}

/** `té` is a drink, `te` mostly is not: folded they would be one word. */
const TEA = /(?<![\p{L}])(?:tés?|te(?=\s+(?:verde|negro|rojo|blanco|chai|matcha|helado|de\s)))(?![\p{L}])/giu
const WORDS = /\d+[.,]\d+(?![\d.,]*[a-z]{3})|[a-z0-9]+/g
const NUMBER_WITH_UNIT = /^(\d+(?:[.,]\d+)?)([a-z]{1,3})$/
const NUMBER = /^\d+(?:[.,]\d+)?$/

/**
 * Folded words in reading order; a number and its unit become one word (`64 GB` → `64gb`, `17"` → `17in`),
 * written joints come apart (`t-shirt` → `t`, `shirt`).
 */
export function words(text: string): string[] {
  const folded = fold(text.slice(0, 20_000).replace(TEA, 'tea'))
    .replace(/(\d)\s*(?:"|″|'')/g, '$1 in ')
    .replace(/(\d)\s*[x×]\s*(?=\d)/g, '$1x')
  const found: string[] = []
  for (const [raw] of folded.matchAll(WORDS)) {
    const previous = found.at(-1)
    const word = raw.replace(',', '.')
    const unit =
      unitOf(word) ?? (word === 'in' && previous !== undefined && NUMBER.test(previous) ? 'in' : undefined)
    if (unit !== undefined && previous !== undefined && NUMBER.test(previous)) {
      found[found.length - 1] = previous + unit
      continue
    }
    const glued = NUMBER_WITH_UNIT.exec(word)
    const gluedUnit = glued?.[2] === undefined ? undefined : unitOf(glued[2])
    found.push(glued !== null && gluedUnit !== undefined ? `${glued[1]}${gluedUnit}` : word)
  }
  return found
}

const baseCache = new Map<string, string>()

/**
 * The word without number: Spanish and English plurals fall together with their singular
 * (`balones`/`balón` → `balon`, `knives`/`knife` → `knif`, `lápices`/`lápiz` → `lapiz`); gender stays.
 */
export function base(word: string): string {
  if (word.length < 4 || DIGIT.test(word)) return word
  let found = baseCache.get(word)
  if (found === undefined) {
    found = strip(word)
    if (baseCache.size > 200_000) baseCache.clear()
    baseCache.set(word, found)
  }
  return found
}
const DIGIT = /\d/

function strip(word: string): string {
  let rest = word
  if (rest.endsWith('ing') && rest.length >= 6 && /[aeiouy]/.test(rest.slice(0, -3))) {
    rest = rest.slice(0, -3).replace(/([b-df-hj-np-tv-z])\1$/, '$1')
  }
  if (rest.endsWith('s') && !rest.endsWith('ss')) rest = rest.slice(0, -1)
  if (rest.endsWith('e') && rest.length > 3) rest = rest.slice(0, -1)
  const last = rest.at(-1)
  if (last === 'y') return `${rest.slice(0, -1)}i`
  if (last === 'v') return `${rest.slice(0, -1)}f`
  if (last === 'c') return `${rest.slice(0, -1)}z`
  return rest
}

/** The stem of a base: gender goes too (`roja`, `rojo` → `roj`). */
export function stemOfBase(word: string): string {
  if (word.length < 4 || DIGIT.test(word)) return word
  const last = word.at(-1)
  return last === 'a' || last === 'o' ? word.slice(0, -1) : word
}

export function stem(word: string): string {
  return stemOfBase(base(word))
}
