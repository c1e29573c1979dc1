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
/** As it was given; in other brackets or writing; or with its brackets lost. */
const written = String.raw`\[(?<exact>${kinds.join('|')})_(?<number>\d{1,4})\]|[[({<«‹【]${gap}(?<word>${word})${joint}(?<other>\d{1,4})${gap}[\])}>»›】]|(?<![\p{L}\d_])(?<bare>${word})\\?_(?<last>\d{1,4})(?![\p{L}\d_])`

/** Finds everything that would be taken for a stand-in, however it is written. */
export function standIns(): RegExp {
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

  /** Puts back what stand-ins stand for. One that stands for nothing stays. */
  restore(text: string): string {
    return text.replace(standIns(), (match: string, ...groups: unknown[]) => this.#valueOf(groups) ?? match)
  }

  /** Whether a text holds a stand-in that stands for nothing. */
  hasUnknown(text: string): boolean {
    let unknown = false
    text.replace(standIns(), (match: string, ...groups: unknown[]) => {
      if (this.#valueOf(groups) === null) unknown = true
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

  #valueOf(groups: readonly unknown[]): string | null {
    // The last argument of a replacer holds the named groups.
    const found = groups.at(-1) as Record<string, string | undefined>
    const said = (found.exact ?? found.word ?? found.bare ?? '').toUpperCase()
    const number = Number(found.number ?? found.other ?? found.last)
    const name = `${translated[said] ?? said}_${number}`
    return this.#used.has(name) ? (this.#byName.get(name) ?? null) : null
  }
}

/** Puts values back into a text that comes in pieces: holds back what may be the beginning of a stand-in. */
export class StreamRestorer {
  readonly #placeholders: Placeholders
  #held = ''

  constructor(placeholders: Placeholders) {
    this.#placeholders = placeholders
  }

  push(delta: string): string {
    const text = this.#held + delta
    const from = beginningOfStandIn(text)
    this.#held = text.slice(from)
    return this.#placeholders.restore(text.slice(0, from))
  }

  end(): string {
    const rest = this.#placeholders.restore(this.#held)
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
