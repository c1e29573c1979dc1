import type { Trouble } from '../../preload/contract/index.ts'
import { newId } from '../core/ids.ts'

const keepMs = 30 * 24 * 3_600_000
const mostKept = 50

export interface TroublesDeps {
  /** UTC milliseconds. */
  now(): number
  read(): readonly Trouble[]
  write(troubles: Trouble[]): void
  /** Something of them has changed. */
  changed(): void
}

/** What stopped and was mended by itself, for the owner to see: the newest fifty of the last thirty days. */
export class Troubles {
  readonly #deps: TroublesDeps

  constructor(deps: TroublesDeps) {
    this.#deps = deps
  }

  /** Newest first. */
  list(): Trouble[] {
    return recent(this.#deps.read(), this.#deps.now())
  }

  /** @param trouble `at`: UTC ISO 8601, now where it is left out */
  note(trouble: Pick<Trouble, 'part' | 'reason'> & { at?: string }): void {
    const at = trouble.at ?? this.#instant()
    this.#keep(
      withTrouble(this.#deps.read(), {
        id: newId(),
        at,
        part: trouble.part,
        reason: trouble.reason,
        healedAt: null,
      }),
    )
  }

  /** The part runs again; nothing where it has run all the time. */
  healed(part: Trouble['part']): void {
    this.#heal((trouble) => trouble.part === part)
  }

  /** The app starts: every part of it starts anew. */
  begin(): void {
    this.#heal(() => true)
  }

  #heal(isMeant: (trouble: Trouble) => boolean): void {
    const before = this.#deps.read()
    if (!before.some((trouble) => trouble.healedAt === null && isMeant(trouble))) return
    const healedAt = this.#instant()
    this.#keep(
      before.map((trouble) =>
        trouble.healedAt === null && isMeant(trouble) ? { ...trouble, healedAt } : trouble,
      ),
    )
  }

  #keep(troubles: readonly Trouble[]): void {
    this.#deps.write(recent(troubles, this.#deps.now()))
    this.#deps.changed()
  }

  #instant(): string {
    return new Date(this.#deps.now()).toISOString()
  }
}

/** With one more, newest first. */
function withTrouble(troubles: readonly Trouble[], trouble: Trouble): Trouble[] {
  return [trouble, ...troubles].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

function recent(troubles: readonly Trouble[], now: number): Trouble[] {
  return troubles.filter(({ at }) => now - Date.parse(at) <= keepMs).slice(0, mostKept)
}
