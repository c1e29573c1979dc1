import { fold, stem } from '../../understanding/normalise.ts'
import type { Part } from './turn.ts'

/** Whether a later part tells of the same line of the cart. */
function isChangedAgain(part: Part, parts: readonly Part[]): boolean {
  const variantId = part.cartLine?.variantId
  if (variantId === undefined) return false
  return parts.slice(parts.indexOf(part) + 1).some((later) => later.cartLine?.variantId === variantId)
}

/** Several lines put in the cart are told in one sentence with a list, and only the last total is. */
function mergeCart(parts: readonly Part[]): Part[] {
  const lines = parts.filter((part) => part.cartLine !== undefined && !isChangedAgain(part, parts))
  const lastTotal = parts.findLast((part) => part.total === true)
  const [first] = lines
  const merged: Part[] = []
  for (const part of parts) {
    if (isChangedAgain(part, parts)) continue
    if (part.total === true) {
      if (part === lastTotal) merged.push(part)
    } else if (part.cartLine === undefined || lines.length < 2) merged.push(part)
    else if (part === first && first?.cartLine !== undefined) {
      const intro = first.text
        .slice(0, Math.max(0, first.text.indexOf(first.cartLine.line)))
        .trim()
        .replace(/:$/, '')
      merged.push({
        kind: 'answer',
        text: `${intro}:\n${lines.map((line) => `• ${line.cartLine?.line ?? ''}`).join('\n')}`,
      })
    }
  }
  // What was done is told first: a claim stands best before other products are named.
  const done = merged.filter(
    (part) =>
      part.done === true ||
      part.cartLine !== undefined ||
      part.total === true ||
      (lines.length >= 2 && part.text.includes(first?.cartLine?.line ?? '\0')),
  )
  return [...done, ...merged.filter((part) => !done.includes(part))]
}

/** Leaves out a "not found" whose words another answer speaks of, and those that only the talk around it named. */
function withoutFoundElsewhere(parts: readonly Part[]): Part[] {
  const told = parts.filter((part) => part.missing === undefined && part.kind !== 'talk')
  const words = told.flatMap((part) => fold(part.text).split(/[^a-z0-9]+/))
  return parts.filter(
    ({ missing }) =>
      missing === undefined ||
      told.length === 0 ||
      (missing.length > 0 &&
        !missing.some((word) => word.length > 3 && words.some((other) => stem(other) === stem(fold(word))))),
  )
}

/** Joins the parts of all requests into one reply: courtesy first and short, answers in order, one question at the end. */
export function compose(parts: readonly Part[]): string {
  const unique = withoutFoundElsewhere(mergeCart(parts)).filter(
    (part, index, all) =>
      part.text.trim() !== '' &&
      all.findIndex((other) => other.text === part.text) === index &&
      !all.some(
        (other) =>
          other !== part &&
          other.text.length > part.text.length &&
          other.text.split('\n').includes(part.text),
      ),
  )
  if (!unique.some((part) => part.kind !== 'talk'))
    return unique
      .slice(-2)
      .map((part) => part.text)
      .join(' ')
  const answers = unique.filter(
    (part) => part.kind === 'answer' || (part.kind === 'question' && part.text.includes('\n')),
  )
  // Several small questions in one reply confuse: only the last is asked, at the end.
  const last = unique.findLast((part) => part.kind === 'question' && !part.text.includes('\n'))
  const opening = unique.filter((part) => part.kind === 'talk' && part.text.length <= 12).slice(0, 1)
  return [...opening, ...answers, ...(last === undefined ? [] : [last])]
    .map((part) => part.text)
    .join('\n\n')
    .replace(/^(¡Hola!|Hi!)\n\n/, '$1 ')
}
