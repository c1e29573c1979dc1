import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { DomainError } from '../errors.ts'

/** A password as it is kept: what was made of it, and how, so that a later version may do it at another cost. */
export interface PasswordHash {
  costLog2: number
  blockSize: number
  parallel: number
  salt: Uint8Array
  hash: Uint8Array
}

/** OWASP's password storage cheat sheet (scrypt): N = 2^17, r = 8, p = 1; 128 MiB and a third of a second each. */
const defaultCostLog2 = 17
const blockSize = 8
const parallel = 1
const saltLength = 16
const hashLength = 32
/** Derivations at once: each takes 128 MiB. */
const mostAtOnce = 2
/** Derivations that may wait, of strangers and of those who go first; who comes on top of them is sent away. */
const mostWaiting = 16

/** Makes and compares password hashes, a few at a time. */
export class PasswordHasher {
  readonly #costLog2: number
  #running = 0
  readonly #first: (() => void)[] = []
  readonly #strangers: (() => void)[] = []

  constructor(costLog2 = defaultCostLog2) {
    this.#costLog2 = costLog2
  }

  /** @throws DomainError `access.too_many_tries` when too many wait already. */
  async hash(password: string): Promise<PasswordHash> {
    const salt = randomBytes(saltLength)
    const made = { costLog2: this.#costLog2, blockSize, parallel, salt }
    return { ...made, hash: await this.#derive(password, made, this.#first) }
  }

  /**
   * Whether it is that password. With null (nobody, or nobody with a password) the same work is done for nothing, so that
   * the time tells no names. Who is known already goes before strangers. Throws as `hash` does.
   */
  async matches(password: string, kept: PasswordHash | null, isKnown = false): Promise<boolean> {
    const nobody = {
      costLog2: this.#costLog2,
      blockSize,
      parallel,
      salt: new Uint8Array(saltLength),
      hash: randomBytes(hashLength),
    }
    const { hash } = kept ?? nobody
    const derived = await this.#derive(password, kept ?? nobody, isKnown ? this.#first : this.#strangers)
    return derived.length === hash.length && timingSafeEqual(derived, hash) && kept !== null
  }

  /** Whether it was made at another cost than today's. */
  isOutdated(kept: PasswordHash): boolean {
    return kept.costLog2 !== this.#costLog2 || kept.blockSize !== blockSize || kept.parallel !== parallel
  }

  async #derive(
    password: string,
    how: Omit<PasswordHash, 'hash'>,
    line: (() => void)[],
  ): Promise<Uint8Array> {
    await this.#turn(line)
    try {
      return await derive(password, how)
    } finally {
      const next = this.#first.shift() ?? this.#strangers.shift()
      // The place goes on to who waits.
      if (next === undefined) this.#running--
      else next()
    }
  }

  async #turn(line: (() => void)[]): Promise<void> {
    if (this.#running < mostAtOnce) {
      this.#running++
      return
    }
    if (line.length >= mostWaiting) throw new DomainError('access.too_many_tries', { minutes: 1 })
    await new Promise<void>((resolve) => line.push(resolve))
  }
}

function derive(password: string, how: Omit<PasswordHash, 'hash'>): Promise<Uint8Array> {
  const N = 2 ** how.costLog2
  const options = { N, r: how.blockSize, p: how.parallel, maxmem: 256 * N * how.blockSize }
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on two keyboards is the same password.
    scrypt(password.normalize('NFKC'), how.salt, hashLength, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
