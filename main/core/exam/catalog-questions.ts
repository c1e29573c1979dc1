import type { Language } from '../engines/engine.ts'

interface Questions {
  price(name: string): string
  variant(name: string, option: string): string
  have(name: string): string
  cheapest(category: string): string
  total(name: string, count: number): string
  stock(name: string): string
  /** How an answer says that it is sold out; any one. */
  none: string[]
  /** How it says that the shop does not have it; any one. */
  no: string[]
}

/** What customers of generated cases say. */
export const questions: Record<Language, Questions> = {
  es: {
    price: (name) => `¿Cuánto cuesta ${name}?`,
    variant: (name, option) => `¿Qué precio tiene ${name}, ${option}?`,
    have: (name) => `¿Tienen ${name}?`,
    cheapest: (category) => `¿Qué es lo más barato que tienen en ${category}?`,
    total: (name, count) => `¿Cuánto serían ${count} de ${name}?`,
    stock: (name) => `¿Cuántas unidades les quedan de ${name}?`,
    none: [
      'agotad',
      'no queda',
      'sin existencias',
      'sin stock',
      'no hay',
      'no tenemos',
      'no disponible',
      'no está disponible',
      'no nos queda',
    ],
    no: ['no'],
  },
  en: {
    price: (name) => `How much is the ${name}?`,
    variant: (name, option) => `What's the price of ${name}, ${option}?`,
    have: (name) => `Do you have ${name}?`,
    cheapest: (category) => `What is the cheapest thing you have in ${category}?`,
    total: (name, count) => `How much would ${count} ${name} be?`,
    stock: (name) => `How many ${name} do you have left?`,
    none: [
      'sold out',
      'out of stock',
      'none left',
      'not available',
      'unavailable',
      'run out',
      "don't have",
      'no longer',
      'not in stock',
    ],
    no: ['no', 'not', "don't", 'do not', 'sorry', "couldn't", "can't"],
  },
}

const lettersOf = /\p{L}/u

/** A name with one mistake in its longest word, as a thumb makes it; null for a name without a long word. */
export function misspelled(name: string, random: () => number): string | null {
  const words = name.split(' ')
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '')
  if (longest.length < 7 || ![...longest].every((letter) => lettersOf.test(letter))) return null
  const at = 2 + Math.floor(random() * (longest.length - 4))
  const wrong =
    random() < 0.5
      ? longest.slice(0, at) + longest.slice(at + 1)
      : longest.slice(0, at) + longest.charAt(at + 1) + longest.charAt(at) + longest.slice(at + 2)
  return words.map((word) => (word === longest ? wrong : word)).join(' ')
}
