/** What a stand-in stands for. `TEXT`: something that looks like a stand-in and was typed by somebody. */
export const kinds = ['NAME', 'PHONE', 'EMAIL', 'ADDRESS', 'ID', 'TEXT'] as const
export type Kind = (typeof kinds)[number]

/** As models translate them when they write to a customer. */
const translated: Record<string, Kind> = {
  NOMBRE: 'NAME',
  TELEFONO: 'PHONE',
  TELÉFONO: 'PHONE',
  MOVIL: 'PHONE',
  MÓVIL: 'PHONE',
  CORREO: 'EMAIL',
  MAIL: 'EMAIL',
  DIRECCION: 'ADDRESS',
  DIRECCIÓN: 'ADDRESS',
  TEXTO: 'TEXT',
}

const word = [...kinds, ...Object.keys(translated)].join('|')
const gap = String.raw`[ \t\u00a0]{0,2}`
const joint = String.raw`(?:\\?[_-]|[ \t\u00a0])?`
const given = String.raw`\[(?<exact>${kinds.join('|')})_(?<number>\d{1,4})\]`
const bracketed = String.raw`[[({<«‹【]${gap}(?<word>${word})${joint}(?<other>\d{1,4})${gap}[\])}>»›】]`
const bare = String.raw`(?<bare>${word})\\?_(?<last>\d{1,4})`

/** Finds stand-ins as they were given; in other brackets or another case; or with their brackets lost. */
const written = String.raw`${given}|${bracketed}|(?<![\p{L}\d_])${bare}(?![\p{L}\d_])`

/** The same and more: also what would become one when its neighbours are replaced. */
const possible = `${given}|${bracketed}|${bare}`

/** What must not leave as it was typed. */
export function possibleStandIns(): RegExp {
  return new RegExp(possible, 'giu')
}

function standIns(): RegExp {
  return new RegExp(written, 'giu')
}

/** Longest text that one stand-in can be written in. */
const longest = 24

/** The stand-ins of one request and what they stand for. */
export class Placeholders {
  readonly #byValue = new Map<string, string>()
  readonly #byName = new Map<string, string>()
  readonly #counts = new Map<Kind, number>()
  readonly #used = new Set<string>()

  /** Gives a value its number before it is met, so that it keeps it from request to request. */
  reserve(kind: Kind, value: string): void {
    this.#nameOf(kind, value)
  }

  /** The same value always gets the same stand-in. */
  take(kind: Kind, value: string): string {
    const name = this.#nameOf(kind, value)
    this.#used.add(name)
    return `[${name}]`
  }

  /** Pieces of personal data that were met. */
  get count(): number {
    return [...this.#used].filter((name) => !name.startsWith('TEXT_')).length
  }

  /** Puts back what stand-ins stand for. One that stands for nothing stays, written as they are given out. */
  restore(text: string): string {
    return text.replace(standIns(), (_match: string, ...groups: unknown[]) => {
      const name = nameIn(groups)
      return this.#valueOf(name) ?? `[${name}]`
    })
  }

  /** Whether a text holds a stand-in that stands for nothing. */
  hasUnknown(text: string): boolean {
    let unknown = false
    text.replace(standIns(), (match: string, ...groups: unknown[]) => {
      unknown ||= this.#valueOf(nameIn(groups)) === null
      return match
    })
    return unknown
  }

  #nameOf(kind: Kind, value: string): string {
    const key = `${kind} ${value}`
    const known = this.#byValue.get(key)
    if (known !== undefined) return known
    const number = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, number)
    const name = `${kind}_${number}`
    this.#byValue.set(key, name)
    this.#byName.set(name, value)
    return name
  }

  #valueOf(name: string): string | null {
    return this.#used.has(name) ? (this.#byName.get(name) ?? null) : null
  }
}

/** What the groups of a match name: `PHONE_1`. */
function nameIn(groups: readonly unknown[]): string {
  // The last argument of a replacer holds the named groups.
  const found = groups.at(-1) as Record<string, string | undefined>
  const said = (found.exact ?? found.word ?? found.bare ?? '').toUpperCase()
  return `${translated[said] ?? said}_${Number(found.number ?? found.other ?? found.last)}`
}

/** Puts values back into a text that comes in pieces: holds back what may be the beginning of a stand-in. */
export class StreamRestorer {
  readonly #restore: (text: string) => string
  #held = ''

  constructor(restore: (text: string) => string) {
    this.#restore = restore
  }

  push(delta: string): string {
    const text = this.#held + delta
    const from = beginningOfStandIn(text)
    this.#held = text.slice(from)
    return this.#restore(text.slice(0, from))
  }

  end(): string {
    const rest = this.#restore(this.#held)
    this.#held = ''
    return rest
  }
}

/** Where a stand-in may have begun whose end has not come yet: the earliest bracket or word near the end. */
function beginningOfStandIn(text: string): number {
  const from = Math.max(0, text.length - longest)
  const tail = /(?:[[({<«‹【][^[({<«‹【\])}>»›】\n]*|[\p{L}\d_\\]+)$/u.exec(text.slice(from))
  return tail === null ? text.length : from + tail.index
}
