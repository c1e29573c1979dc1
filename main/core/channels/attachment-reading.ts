import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import type { MediaReader, ReadableFile } from '../media/reader.ts'
import type { MediaStore } from '../media/service.ts'
import type { AttachmentRepository, StoredAttachment } from './attachment-repository.ts'

/** Longest time one file may take, ms. */
const readTimeoutMs = 120_000
/** So long an answer waits for voice notes to be understood, ms. */
const longestWaitMs = 120_000
/** What a reader makes of a file is cut to so many characters. */
const longestText = 8_000

interface Deps {
  reader: MediaReader | null
  repository: AttachmentRepository
  media: MediaStore
  bus: EventBus
  clock: Clock
  log: Log
}

/** Has stored files made into words, one at a time. */
export class AttachmentReading {
  readonly #deps: Deps
  /** Ids that are being read or wait for it. */
  readonly #pending = new Set<string>()
  readonly #stop = new AbortController()
  #last: Promise<void> = Promise.resolve()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Takes up what the process before this one left. */
  start(): void {
    if (this.#deps.reader === null) return
    for (const attachment of this.#deps.repository.unread()) this.add(attachment)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#last
  }

  /** Its file is about to be stored: between that and `add` nobody takes it for unreadable. */
  expect(id: string): void {
    if (this.#deps.reader !== null) this.#pending.add(id)
  }

  /** Its file was not stored after all. */
  forget(id: string): void {
    this.#pending.delete(id)
  }

  add(attachment: StoredAttachment): void {
    if (this.#deps.reader === null || this.#stop.signal.aborted) return
    this.#pending.add(attachment.id)
    this.#last = this.#last.then(() => this.#read(attachment))
  }

  /** Resolves when none of these messages' voice notes can still be understood, or after a while. */
  async settled(messageIds: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.#deps.reader === null || !this.#waits(messageIds)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(longestWaitMs, resolve)
    const unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'message.changed' && !this.#waits(messageIds)) resolve()
    })
    signal.addEventListener('abort', () => resolve(), { once: true })
    try {
      await promise
    } finally {
      cancel()
      unsubscribe()
    }
  }

  #waits(messageIds: readonly string[]): boolean {
    return this.#deps.repository
      .voiceOf(messageIds)
      .some(({ id, state }) => state === 'pending' || this.#pending.has(id))
  }

  async #read(attachment: StoredAttachment): Promise<void> {
    const { media, repository, log } = this.#deps
    let text: string | null = null
    try {
      const path = media.path(attachment.mediaHash)
      if (path !== null && !this.#stop.signal.aborted) text = await this.#textOf(attachment, path)
    } catch (error) {
      log.warn('attachment.not_read', {
        attachmentId: attachment.id,
        error: error instanceof Error ? error.name : 'error',
      })
    }
    this.#pending.delete(attachment.id)
    if (this.#stop.signal.aborted) return
    try {
      // Also where nothing was understood: whoever waits for it goes on.
      repository.setUnderstood(attachment, text)
    } catch (error) {
      log.error('attachment.not_noted', { error: error instanceof Error ? error.name : 'error' })
    }
  }

  async #textOf({ kind, mime, size }: StoredAttachment, path: string): Promise<string | null> {
    const { reader } = this.#deps
    if (reader === null || !isReadable(kind)) return null
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(readTimeoutMs)])
    const read = await reader.read({ path, mime, size, kind }, signal)
    const text = read?.text.trim().slice(0, longestText) ?? ''
    return text === '' ? null : text
  }
}

function isReadable(kind: string): kind is ReadableFile['kind'] {
  return kind === 'voice' || kind === 'photo' || kind === 'document'
}
