import { findBudget } from './budget.ts'
import { ordersWithPronoun } from './lexicon/clitics.ts'
import { units } from './lexicon/words.ts'
import type { Token } from './normalise.ts'
import { articles, notPieces, numberOf, tensWord } from './numbers.ts'
import { container, isOption, isOptionName } from './options.ts'
import { deicticWords, ordinalWords } from './places.ts'

/** Things in a message that are not words of a product: how many, which one, how big, how much at most. */
export interface Entities {
  /** Pieces wanted. `article` when it was only "un/una/a". */
  quantity: { value: number; article: boolean } | null
  /** Amounts in a unit of measure: `3 kg` is a size of some products and three pieces of what is sold by the kilo. */
  measures: { value: number; unit: string; option: string }[]
  /** "Dos de cada", "all of them". */
  amount: 'each' | 'all' | null
  /** Places in a list that was shown: 1 is the first, -1 the last. */
  ordinals: number[]
  deictic: 'this' | 'other' | 'both' | null
  /** Option words as written in a comparable form: `xl`, `rojo`, `500 g`, `38`. */
  options: string[]
  /** Option words that are not wanted. */
  avoid: string[]
  /** Limits in major units as people write them. */
  budget: { min: number | null; max: number | null } | null
  /** Token indices that entities used up. */
  used: Set<number>
}

/** Finds the entities between two token indices. */
export function findEntities(tokens: readonly Token[], from: number, to: number, english = false): Entities {
  const used = new Set<number>()
  const entities: Entities = {
    quantity: null,
    measures: [],
    amount: null,
    ordinals: [],
    deictic: null,
    options: [],
    avoid: [],
    budget: findBudget(tokens, from, to, used),
    used,
  }
  const word = (index: number): string => (index >= from && index < to ? (tokens[index]?.word ?? '') : '')
  for (let index = from; index < to; index++) {
    if (used.has(index)) continue
    const current = word(index)
    const next = word(index + 1)
    const previous = word(index - 1)
    const number = numberOf(current)
    // sizes and measures
    if (
      /^(?:talla|tallas|talle|size|numero|num|nro)$/.test(current) &&
      next !== '' &&
      (numberOf(next) !== null || isOptionName(next) || /\d/.test(next))
    ) {
      entities.options.push(next)
      used.add(index).add(index + 1)
      continue
    }
    const counted = number !== null && !/^\d/.test(current) && next.length > 2 && current !== 'a'
    if (
      (/^\d/.test(current) || counted) &&
      Object.hasOwn(units, next) &&
      !(next === 'l' && articles.has(previous))
    ) {
      const half = word(index + 2) === 'y' && /^medi[oa]$/.test(word(index + 3)) ? 0.5 : 0
      const option = `${half > 0 ? (number ?? 0) + half : counted ? number : current} ${units[next] ?? next}`
      entities.options.push(option)
      if (number !== null && !/^(?:de|of)$/.test(previous))
        entities.measures.push({ value: number + half, unit: units[next] ?? next, option })
      used.add(index).add(index + 1)
      if (half > 0) {
        used.add(index + 2).add(index + 3)
        index += 3
      }
      continue
    }
    if (/^(?:medio|media)$/.test(current) && /^(?:kilo|litro)$/.test(next)) {
      entities.options.push(next === 'kilo' ? '500 g' : '500 ml')
      used.add(index).add(index + 1)
      continue
    }
    if (/^\d+m$/.test(current)) {
      entities.options.push(`${Number.parseInt(current, 10)} m`)
      used.add(index)
      continue
    }
    // "una cola de litro y medio", "kilo y medio de pan"
    if (/^(?:litro|kilo)$/.test(current) && next === 'y' && /^medi[oa]$/.test(word(index + 2))) {
      const unit = current === 'kilo' ? 'kg' : 'l'
      entities.options.push(`1.5 ${unit}`)
      if (previous !== 'de') entities.measures.push({ value: 1.5, unit, option: `1.5 ${unit}` })
      used
        .add(index)
        .add(index + 1)
        .add(index + 2)
      index += 2
      continue
    }
    // "aceite de litro"
    if (/^(?:litro|kilo)$/.test(current) && previous === 'de') {
      entities.options.push(current === 'kilo' ? '1 kg' : '1 l')
      used.add(index)
      continue
    }
    // "medio queso": one, of half
    if (
      /^(?:medio|media)$/.test(current) &&
      next.length > 3 &&
      !/^(?:docena|kilo|litro|libra|hora|tarde|manana|noche|vez|semana)$/.test(next) &&
      !isOption(next) &&
      entities.quantity === null
    ) {
      entities.quantity = { value: 1, article: true }
      continue
    }
    if (/^\d+[-/]\d+$/.test(current)) {
      entities.options.push(current)
      used.add(index)
      continue
    }
    // "en la 42", "de la 38", "la 40": which one
    if (
      /^\d{2,}$/.test(current) &&
      (/^(?:la|el)$/.test(previous) || (previous === 'in' && next === '')) &&
      !notPieces.test(next)
    ) {
      entities.options.push(current)
      used.add(index)
      continue
    }
    // "de cada", "each"; "pues todas", "lo que tenga"
    if (/^(?:cada|each)$/.test(current) && !/^(?:dia|semana|mes|vez|day|week|time|month)$/.test(next)) {
      entities.amount = 'each'
      used.add(index)
      if (/^(?:uno|una|one)$/.test(next)) {
        used.add(index + 1)
        index++
      }
      continue
    }
    if (
      (/^(?:todos|todas|todo|all)$/.test(current) && next === '') ||
      (current === 'all' && /^(?:of|you|thats|there)$/.test(next)) ||
      (current === 'que' &&
        previous === 'lo' &&
        /^(?:tenga|tengan|tengas|tengais|haya|quede|queda|hay)$/.test(next))
    ) {
      entities.amount = 'all'
      used.add(index)
      continue
    }
    if (number !== null && /^(?:millon|millones|million|millions)$/.test(next)) {
      entities.quantity = { value: number * 1_000_000, article: false }
      used.add(index).add(index + 1)
      index++
      continue
    }
    // "treinta y dos", "twenty five"
    const link = next === 'y' ? index + 2 : index + 1
    const ones = numberOf(word(link))
    if (
      tensWord(current) &&
      ones !== null &&
      ones < 10 &&
      !/^\d/.test(word(link)) &&
      !/^(?:un|a)$/.test(word(link))
    ) {
      entities.quantity = { value: (number ?? 0) + ones, article: false }
      for (let at = index; at <= link; at++) used.add(at)
      index = link
      continue
    }
    // "the fig one": a pronoun, no amount
    if (
      /^ones?$/.test(current) &&
      /^(?:the|that|this|which|other)$/.test(
        [word(index - 1), word(index - 2), word(index - 3)].find((at) =>
          /^(?:the|that|this|which|other)$/.test(at),
        ) ?? '',
      ) &&
      !/^(?:the|add|want|have|take|get)$/.test(previous)
    ) {
      used.add(index)
      continue
    }
    // dozens and pairs
    const dozen = /^docenas?$|^dozens?$/.test(next)
      ? 12
      : /^(?:par|pares|couple|pair|pairs|parejita)$/.test(next)
        ? 2
        : null
    const half = /^(?:media|half)$/.test(current)
    if (half && (dozen === 12 || (next === 'a' && word(index + 2) === 'dozen'))) {
      entities.quantity = { value: 6, article: false }
      used.add(index).add(index + 1)
      if (next === 'a') used.add(index + 2)
      index += next === 'a' ? 2 : 1
      continue
    }
    if (number !== null && dozen !== null && entities.quantity?.article !== false) {
      // "un par de velas" are two; "dos pares de calcetines" and "a pair of gloves" are sold as pairs
      const pairs = dozen === 2 && (number > 1 || next === 'pair')
      entities.quantity = { value: pairs ? number : number * dozen, article: false }
      used.add(index).add(index + 1)
      if (word(index + 2) === 'y' && word(index + 3) === 'media') {
        entities.quantity.value += dozen / 2
        used.add(index + 2).add(index + 3)
      }
      index++
      continue
    }
    if (/^(?:docena|dozen|par|couple)$/.test(current) && number === null) {
      const more = /^do/.test(current) && next === 'y' && word(index + 2) === 'media'
      entities.quantity = { value: (/^do/.test(current) ? 12 : 2) + (more ? 6 : 0), article: false }
      used.add(index)
      if (more) used.add(index + 1).add(index + 2)
      continue
    }
    // places in a list
    const listed = Object.hasOwn(ordinalWords, current) ? ordinalWords[current] : undefined
    // "primero si tenéis…" orders the talk, not a list
    const opens =
      /^(?:primero|segundo|tercero|first|second|third|last|ultimo)$/.test(current) &&
      !/^(?:el|lo|la|the|del|al|ese|este|that|this|y|o|and|or)$/.test(previous) &&
      next !== '' &&
      !/^(?:y|o|and|or|one|por|porfa|please|de|del|that)$/.test(next)
    if (opens && listed !== undefined) {
      used.add(index)
      continue
    }
    if (listed !== undefined && !/^(?:vez|time|week|semana)$/.test(next)) {
      entities.ordinals.push(listed)
      used.add(index)
      if (/^(?:one|opcion|option)$/.test(next)) used.add(index + 1)
      continue
    }
    if (/^(?:opcion|option|number|numero)$/.test(current) && numberOf(next) !== null) {
      entities.ordinals.push(numberOf(next) ?? 1)
      used.add(index).add(index + 1)
      index++
      continue
    }
    if (
      number !== null &&
      /^\d$/.test(current) &&
      /^(?:la|el|lo)$/.test(previous) &&
      (next === '' || !/^[a-z]/.test(next) || /^(?:y|por|porfa|cuanto|de)$/.test(next))
    ) {
      entities.ordinals.push(number)
      used.add(index)
      continue
    }
    if (
      /^(?:ambos|ambas|both)$/.test(current) ||
      (/^(?:los|las|the)$/.test(current) &&
        /^(?:dos|two)$/.test(next) &&
        /^(?:|colores|tallas|tamanos|sabores|colou?rs|sizes|por|porfa|please|gracias|entonces|pues)$/.test(
          word(index + 2),
        ))
    ) {
      entities.deictic = 'both'
      used.add(index)
      if (/^(?:dos|two)$/.test(next)) used.add(index + 1)
      continue
    }
    if (/^(?:otro|otra|otros|otras|other)$/.test(current) && /^(?:el|la|los|las|the)$/.test(previous)) {
      entities.deictic = 'other'
      used.add(index)
      continue
    }
    if (/^(?:unos|unas|some)$/.test(current) && entities.quantity === null) {
      entities.quantity = { value: 1, article: true }
      continue
    }
    // how many
    if (number !== null && number > 0) {
      const clock =
        /^(?:las|at|hasta|until|till)$/.test(previous) &&
        /^(?:a|at|hasta|until|till|las|de|sobre)$/.test(word(index - 2)) &&
        /^(?:las|at|until|till)$/.test(previous)
      if (notPieces.test(next) || clock || /^[€£$#]$/.test(previous)) {
        used.add(index)
        continue
      }
      // "una miel de 500", "a box of 12": which one, not how many
      if (/^\d+$/.test(current) && /^(?:de|of)$/.test(previous) && index - 2 >= from) {
        entities.options.push(current)
        used.add(index)
        continue
      }
      if (!articles.has(current) && /^(?:de|of)$/.test(previous) && container.test(word(index - 2))) {
        entities.options.push(String(number))
        used.add(index)
        continue
      }
      const article = articles.has(current)
      // "a" is an article in English and a preposition in Spanish; "por una" is no amount either.
      if (current === 'a' || current === 'an') {
        if (
          !/^(?:of|few|lot|bit|la|el|las|los|que|domicilio)$/.test(next) &&
          entities.quantity === null &&
          (current === 'an' || english)
        )
          entities.quantity = { value: 1, article: true }
        continue
      }
      if (entities.quantity === null || (entities.quantity.article && !article))
        entities.quantity = { value: number, article }
      if (!article || next === '' || !/^[a-z]/.test(next)) used.add(index)
      if (
        /^(?:x|unidades|unidad|uds|ud|piezas|pieza|pcs|pieces|paquetes|cajas)$/.test(next) &&
        next !== 'cajas' &&
        next !== 'paquetes'
      )
        used.add(index + 1)
      continue
    }
    if (/^x\d+$/.test(current)) {
      entities.quantity = { value: Number(current.slice(1)), article: false }
      used.add(index)
      continue
    }
    if (isOption(current)) {
      const before = [word(index - 3), word(index - 2), previous].join(' ')
      if (
        /\bno (?:sea[ns]?|en|la|el|las|los|quiero)\b|\b(?:menos|excepto|salvo|not|except|but not)(?: (?:en|in|el|la|the|de))*$/.test(
          before,
        )
      ) {
        entities.avoid.push(current)
        used.add(index)
        continue
      }
      entities.options.push(current)
      continue
    }
    // "la quiero", "los llevo"
    if (
      /^(?:lo|la|los|las)$/.test(current) &&
      /^(?:quiero|queria|quisiera|llevo|llevare|quedo|compro|necesito|pido|tomo|cojo)$/.test(next)
    )
      entities.deictic ??= 'this'
    if (ordersWithPronoun.has(current)) entities.deictic ??= 'this'
    if (deicticWords.test(current) && entities.deictic === null) entities.deictic = 'this'
  }
  return entities
}
