/** Fewest characters of a password; the app refuses less. */
export const shortest = 10

export type Strength = 'short' | 'weak' | 'fair' | 'good'

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}\s]/u]

/**
 * How hard a password is to guess, as a hint while it is typed: length counts most. The app judges for itself and may
 * refuse what is fair here. `names` are those of the person and the shop.
 */
export function strengthOf(password: string, names: readonly string[]): Strength {
  const characters = [...password.normalize('NFKC')]
  if (characters.length < shortest) return 'short'
  const plain = folded(password)
  const own = names.map(folded).filter((name) => name.length >= 3 && plain.includes(name))
  const rest = own.reduce((text, name) => text.replaceAll(name, ''), plain).replace(/\d/g, '')
  if (new Set(characters).size < 5 || rest.length < 4) return 'weak'
  const words = password.split(/[\s._-]+/).filter((word) => word.length >= 3).length
  const mixed = kinds.filter((kind) => kind.test(password)).length
  return characters.length + (words >= 3 ? 4 : 0) + (mixed - 1) * 2 >= 18 ? 'good' : 'fair'
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Why the app refuses a password: `short`, `pattern`, `common` or `name`; null for a reason this desk does not know. */
export function knownWeakness(reason: unknown): 'short' | 'pattern' | 'common' | 'name' | null {
  return (['short', 'pattern', 'common', 'name'] as const).find((each) => each === reason) ?? null
}

/** A fingerprint in lines of eight pairs, as it is compared with what a browser shows. */
export function fingerprintLines(fingerprint: string): string[] {
  const pairs = fingerprint.split(':')
  const lines: string[] = []
  for (let at = 0; at < pairs.length; at += 8) lines.push(pairs.slice(at, at + 8).join(':'))
  return lines
}
