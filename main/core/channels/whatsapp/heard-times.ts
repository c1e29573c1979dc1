/** A message from before the connection came back is a late one when it is heard within this time, ms. */
const AFTER_OFFLINE_MS = 60_000
/** Times of the platform and of this computer differ a little, ms. */
const TOLERANCE_MS = 2000
/** A page may have been deaf for so long before it was noticed, ms. */
const OVERLAP_MS = 60_000

/** What is known about when somebody listened. All times in ms since the epoch. */
export class HeardTimes {
  readonly #since: number | null
  #connectedAt: number | null
  #isFirst = true
  #pairedAt: number | null = null
  #heardUntil: number
  /** When the connection came back last; null while it is away. */
  #backAt: number | null = 0

  /** @param since what was heard before this life, null for nothing */
  constructor(since: number | null) {
    this.#since = since
    this.#connectedAt = since
    this.#heardUntil = Date.now()
  }

  /** Since when the account is connected at all. */
  get connectedAt(): number {
    return this.#connectedAt ?? Date.now()
  }

  paired(): void {
    this.#connectedAt = Date.now()
    this.#pairedAt = this.#connectedAt
  }

  /** There is a connection and the page is listened to. */
  heard(): void {
    this.#connectedAt ??= Date.now()
    this.#heardUntil = Date.now()
    if (this.#backAt === null) this.cameBack()
  }

  wentAway(): void {
    this.#backAt = null
  }

  cameBack(): void {
    this.#backAt = Date.now()
  }

  /** From when on something may not have been heard, at each time that the page is ready; null for nothing. */
  missedSince(): number | null {
    const isFirst = this.#isFirst
    this.#isFirst = false
    // Who writes between the phone's scan and the first listening may not even count as unread yet.
    const scannedAt = this.#pairedAt === null ? null : this.#pairedAt - TOLERANCE_MS
    return isFirst ? (this.#since ?? scannedAt) : Math.max(this.connectedAt, this.#heardUntil - OVERLAP_MS)
  }

  /** What was sent meanwhile may be heard before it is known that the connection is back. */
  isLate(sentAt: number): boolean {
    const now = Date.now()
    const backAt = this.#backAt ?? now
    return now - backAt < AFTER_OFFLINE_MS && sentAt < backAt - TOLERANCE_MS
  }
}
