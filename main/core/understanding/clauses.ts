import type { Feature } from './lexicon/compile.ts'
import type { Token } from './normalise.ts'

/** What clauses say beside naming a thing. Read on folded words. */

export const twice = /\bel doble\b|\bdouble (?:it|that|them|up)\b|\btwice (?:as many|that)\b/
export const asksFigure =
  /\b(?:cuant[oa]s|how many) (grados|gramos|mililitros|centimetros|metros|hojas|paginas|horas|raciones|calorias|vatios|piezas|unidades|plazas|bolsillos|grams|pages|hours|pieces|servings|calories|watts|pockets) (?:tiene|tienen|trae|traen|dura|duran|lleva|llevan|son|viene|vienen|pesa|mide|does|do|has|are in|come|in)\b/
export const frame =
  /^(?:color|colores|colou?rs?|tallas?|tamanos?|sizes?|sabor|sabores|flavou?rs?|tipos?|kinds?)$/

/** "guantes de esos que valen para el móvil": a clause that tells which, no question of a price. */
export function tellsWhich(tokens: readonly Token[], { intent, from, to }: Feature): boolean {
  const first = tokens[from]
  if (intent !== 'price') return false
  // "vale, la gris": agreed, not asked for a price
  if (first?.word === 'vale' && tokens[from + 1]?.before === 'soft') return true
  if (first?.raw.toLowerCase() !== 'que' || from === 0) return false
  const next = tokens[to]?.word ?? ''
  const before = first.before === 'none' ? (tokens[from - 1]?.word ?? '') : ''
  return (
    /^(?:para|menos|mas|unos|entre|la)$/.test(next) ||
    /^(?:es[ao]s|est[ao]s|algo|uno|una|los|las|lo)$/.test(before)
  )
}

export function isPartOfName(tokens: readonly Token[], features: readonly Feature[]): boolean {
  return features
    .filter((feature) => feature.intent === 'attributes')
    .every(
      (feature) =>
        /^(?:a|de|con|sin|en|with|of|for)$/.test(tokens[feature.from - 1]?.word ?? '') &&
        tokens[feature.from - 2] !== undefined,
    )
}
