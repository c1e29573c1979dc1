import type { Readable } from 'node:stream'

/**
 * What a host (Electron, headless, command line) gives the core. These ports are the legitimate seams for tests.
 */
export interface Host {
  readonly kind: 'electron' | 'headless' | 'cli' | 'test'
  readonly paths: Paths
  readonly clock: Clock
  readonly log: Log
  readonly secrets: SecretWrapper
  readonly notifier: Notifier
  readonly processes: Processes
  /** Called at the points between which a crash must lose nothing. Only the fault tests' host does something there. */
  readonly probe?: (point: ProbePoint) => void
}

export type ProbePoint =
  | 'receive.before_commit'
  | 'answer.journaled'
  | 'call.before_commit'
  | 'call.committed'
  | 'outbox.claimed'
  | 'outbox.handed_over'
  | 'notice.claimed'
  | 'notice.handed_over'

export interface Paths {
  /** Absolute folder that holds `app.db` and `shops/`. */
  readonly data: string
  /** Absolute folder of the shipped resources (demo shop, lexicon, prompts). */
  readonly resources: string
}

export interface Clock {
  /** Wall-clock time, ms since the epoch. For storage and screens only. */
  now(): number
  /** Monotonic time in ms. For every timer, window and duration. */
  monotonic(): number
  /**
   * Ms since the computer was started, also those in which it slept; setting the wall clock does not move it. Where it is
   * absent, a wall clock that jumps ahead counts as sleep.
   */
  uptime?(): number
  /** Calls `fn` once after `ms` of monotonic time; the returned function cancels it. Never holds the process open. */
  after(ms: number, fn: () => void): () => void
}

export interface Log {
  debug(event: string, data?: Record<string, unknown>): void
  info(event: string, data?: Record<string, unknown>): void
  warn(event: string, data?: Record<string, unknown>): void
  error(event: string, data?: Record<string, unknown>): void
  child(bindings: Record<string, unknown>): Log
}

/** Opens a shop's key that was wrapped by one method. */
export interface SecretUnwrapper {
  /** Name of the method, stored with the wrapped key so that a wrong host says so: `keyfile`, `passphrase`, `os`. */
  readonly method: string
  /** Throws DomainError `host.secrets_locked` when the key cannot be opened here. */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>
}

/** Wraps and unwraps the per-shop key; the core seals secrets with that key. */
export interface SecretWrapper extends SecretUnwrapper {
  wrap(key: Uint8Array): Promise<Uint8Array>
  /** Methods of before that this host still opens; a key of one of them is wrapped anew by `wrap`. */
  readonly former?: readonly SecretUnwrapper[]
}

export interface Notifier {
  notify(notice: {
    kind: 'handover' | 'channel' | 'problem' | 'order'
    shop: string
    conversationId?: string
    data?: Record<string, string>
  }): void
}

export interface ChildProcess {
  readonly stdout: Readable
  send(message: unknown): void
  onMessage(fn: (message: unknown) => void): void
  onExit(fn: (code: number | null) => void): void
  kill(): void
}

/** Starts a part that may die without taking the core along. */
export interface Processes {
  fork(modulePath: string, args: readonly string[]): ChildProcess
}
