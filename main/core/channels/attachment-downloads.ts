import { DomainError, type ErrorCode, isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import type { MediaReader } from '../media/reader.ts'
import type { MediaStore, StoredMedia } from '../media/service.ts'
import type { Storage } from '../storage/storage.ts'
import { kindOf, largestFile } from './attachment-kinds.ts'
import { AttachmentReading } from './attachment-reading.ts'
import { AttachmentRepository, type PendingAttachment } from './attachment-repository.ts'
import type { AttachmentKind, ChannelAdapter } from './channel.ts'

/** So much of one conversation is kept in a day: nobody fills the shop's disk. */
const mostADay = { files: 200, bytes: 500 * 1024 * 1024 }
const parallelDownloads = 2
/** Waits before the next try, in ms of monotonic time; after the last one the attachment has failed. */
const retryDelays = [2_000, 10_000, 60_000, 300_000, 1_800_000]
const slowestRetry = 1_800_000
/** Longest time one download may take, in ms. */
const downloadTimeout = 300_000

/** Trying again cannot help. */
const permanent: ReadonlySet<ErrorCode> = new Set([
  'media.too_large',
  'media.type_refused',
  'media.unavailable',
  'media.daily_limit',
])
/** The disk's trouble, not the file's: tried for as long as it lasts. */
const ours: ReadonlySet<ErrorCode> = new Set([
  'storage.full',
  'storage.read_only',
  'storage.failed',
  'shop.locked',
])

interface Deps {
  storage: Storage
  media: MediaStore
  clock: Clock
  log: Log
  adapter: (accountId: string) => ChannelAdapter | null
  bus: EventBus
  /** Makes words of what is stored. */
  reader?: MediaReader
}

/**
 * Fetches what customers sent along, after their message was committed: two at a time, again with growing waits, and
 * at each start whatever is still pending.
 */
export class AttachmentDownloads {
  readonly #deps: Deps
  readonly #repository: AttachmentRepository
  readonly #reading: AttachmentReading
  readonly #inFlight = new Map<string, { done: Promise<void>; abort: AbortController }>()
  /** Attempts and the monotonic time of the next one; forgotten at a stop, so a restart tries anew. */
  readonly #retries = new Map<string, { attempts: number; dueAt: number }>()
  #running = false
  #cancelTimer: (() => void) | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    this.#repository = new AttachmentRepository(deps.storage)
    this.#reading = new AttachmentReading({
      ...deps,
      reader: deps.reader ?? null,
      repository: this.#repository,
    })
  }

  start(): void {
    this.#running = true
    this.#reading.start()
    this.kick()
  }

  async stop(): Promise<void> {
    this.#running = false
    this.#cancelTimer?.()
    const downloads = [...this.#inFlight.values()]
    for (const { abort } of downloads) abort.abort()
    await Promise.all(downloads.map(({ done }) => done))
    this.#retries.clear()
    await this.#reading.stop()
  }

  /** Resolves when none of these messages' voice notes can still be understood, or after a while; at once where nobody reads. */
  read(messageIds: readonly string[], signal: AbortSignal): Promise<void> {
    return this.#reading.settled(messageIds, signal)
  }

  /** Takes up whatever is due. Cheap when there is nothing. */
  kick(): void {
    if (!this.#running) return
    this.#cancelTimer?.()
    const now = this.#deps.clock.monotonic()
    let nextDue = Number.POSITIVE_INFINITY
    for (const attachment of this.#repository.pending()) {
      if (this.#inFlight.size >= parallelDownloads) return
      if (this.#inFlight.has(attachment.id)) continue
      const dueAt = this.#retries.get(attachment.id)?.dueAt ?? now
      if (dueAt > now) nextDue = Math.min(nextDue, dueAt)
      else this.#begin(attachment)
    }
    if (nextDue < Number.POSITIVE_INFINITY) {
      this.#cancelTimer = this.#deps.clock.after(nextDue - now, () => this.kick())
    }
  }

  #begin(attachment: PendingAttachment): void {
    const adapter = this.#deps.adapter(attachment.accountId)
    // Taken up again when its channel is ready.
    if (adapter === null) return
    const abort = new AbortController()
    const done = this.#download(attachment, adapter, abort.signal)
      .catch((error: unknown) => this.#onError(attachment, error))
      .finally(() => {
        this.#inFlight.delete(attachment.id)
        this.kick()
      })
    this.#inFlight.set(attachment.id, { done, abort })
  }

  async #download(attachment: PendingAttachment, adapter: ChannelAdapter, stop: AbortSignal): Promise<void> {
    if (attachment.kind === 'location') {
      this.#repository.setStored(attachment, null)
      return
    }
    const day = this.#repository.lastDay(attachment.conversationId)
    if (day.files >= mostADay.files || day.bytes >= mostADay.bytes) throw new DomainError('media.daily_limit')
    const maxBytes = largestFile(attachment.kind)
    // What the sender says of the size is believed only where it is too much; the bytes are counted.
    if ((attachment.size ?? 0) > maxBytes) throw new DomainError('media.too_large', { maxBytes })
    const signal = AbortSignal.any([stop, AbortSignal.timeout(downloadTimeout)])
    const bytes = await adapter.fetch(attachment.reference, signal)
    const name = attachment.name ?? undefined
    const stored = await this.#deps.media.put(bytes, { maxBytes, name, signal })
    const kind = kindOf(attachment.kind, stored.mime)
    if (!attachment.own) this.#reading.expect(attachment.id)
    if (this.#keep(attachment, { ...stored, kind })) return
    // Its message may have been erased meanwhile: then the file is not kept either.
    await this.#deps.media.removeUnused(this.#deps.storage, [stored.hash])
  }

  #keep(attachment: PendingAttachment, stored: StoredMedia & { kind: AttachmentKind }): boolean {
    const { id, messageId, conversationId, own } = attachment
    let kept = false
    try {
      kept = this.#repository.setStored(attachment, stored)
    } finally {
      if (!kept) this.#reading.forget(id)
    }
    const { hash: mediaHash, mime, size, kind } = stored
    if (kept && !own) this.#reading.add({ id, messageId, conversationId, kind, mediaHash, mime, size })
    this.#retries.delete(id)
    return kept
  }

  #onError(attachment: PendingAttachment, error: unknown): void {
    if (!this.#running) return
    const code: ErrorCode = isDomainError(error) ? error.code : 'channel.unreachable'
    const attempts = (this.#retries.get(attachment.id)?.attempts ?? 0) + 1
    const delay = ours.has(code) ? (retryDelays[attempts - 1] ?? slowestRetry) : retryDelays[attempts - 1]
    this.#deps.log.warn('attachment.failed', { attachmentId: attachment.id, code, attempts })
    if (permanent.has(code) || delay === undefined) {
      this.#giveUp(attachment, code)
      return
    }
    this.#retries.set(attachment.id, { attempts, dueAt: this.#deps.clock.monotonic() + delay })
  }

  #giveUp(attachment: PendingAttachment, code: ErrorCode): void {
    try {
      this.#repository.setFailed(attachment, code)
      this.#retries.delete(attachment.id)
    } catch {
      // It could not even be noted (full disk): later.
      const dueAt = this.#deps.clock.monotonic() + slowestRetry
      this.#retries.set(attachment.id, { attempts: retryDelays.length, dueAt })
    }
  }
}
