/** A message of the linked device that reached the platform. */
export interface SentMessage {
  /** `true_<chat>_<id>`. */
  id: string
  chat: string
  type: string
  /** Text, or the caption of media. */
  text: string
  media: { content: Buffer; sha256: string; mime: string; filename: string | null } | null
  location: { latitude: number; longitude: number; description: string | null } | null
  /** The bare id of the message that this one answers. */
  quotedId: string | null
}

export type LogEntry =
  /** A page was served. */
  | { kind: 'page'; path: string; userAgent: string }
  /** A page made its connection; `linked` when its session was good. */
  | { kind: 'connected'; linked: boolean; userAgent: string }
  | { kind: 'qr'; ref: string; why: 'start' | 'refreshed' | 'asked' | 'idle' }
  | { kind: 'linked'; token: string }
  /** The page has everything and said so. */
  | { kind: 'synced' }
  | { kind: 'sent'; message: SentMessage }
  /** A message that the platform has already: nobody gets it twice. */
  | { kind: 'repeated'; id: string }
  | { kind: 'refused'; chat: string; id: string; text: string }
  | { kind: 'edited'; id: string; text: string }
  | { kind: 'revoked'; id: string }
  | { kind: 'reacted'; id: string; emoji: string }
  | { kind: 'seen'; chat: string }
  | { kind: 'typing'; chat: string; state: 'composing' | 'recording' | 'paused' }
  | { kind: 'presence'; available: boolean }
  | { kind: 'uploaded' | 'downloaded'; path: string; size: number }
  | { kind: 'logout'; by: 'phone' | 'page' }
  | { kind: 'conflict' | 'takeover' | 'offline' | 'online' }
  | { kind: 'unknown_module'; name: string }
  | { kind: 'page_error'; text: string }

export type TimedEntry = LogEntry & { at: Date }

/** What the platform saw, in order: the oracle of the tests. */
export class PlatformLog {
  readonly entries: TimedEntry[] = []
  readonly #watchers = new Set<() => void>()

  add(entry: LogEntry): void {
    this.entries.push({ ...entry, at: new Date() })
    for (const check of [...this.#watchers]) check()
  }

  of<Kind extends LogEntry['kind']>(kind: Kind): (TimedEntry & { kind: Kind })[] {
    return this.entries.filter((entry): entry is TimedEntry & { kind: Kind } => entry.kind === kind)
  }

  /** Resolves when `condition` holds; looked at again whenever something is logged. */
  async until(condition: () => boolean, what: string, timeoutMs: number): Promise<void> {
    if (condition()) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const check = (): void => {
      if (condition()) resolve()
    }
    const timer = setTimeout(() => reject(new Error(`WhatsApp: ${what} did not come about`)), timeoutMs)
    this.#watchers.add(check)
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#watchers.delete(check)
    }
  }
}
