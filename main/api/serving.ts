import type { Check, ShellChanges, ShellState } from '../../preload/contract/index.ts'
import type { Actor } from '../core/actor.ts'
import type { Access } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'

/** What the host that serves the contract adds to the app. */
export interface ServingHost {
  readonly version: string
  /** UTC ISO 8601. */
  readonly startedAt: string
  readonly instanceId: string
  readonly people: {
    /** Null for somebody who is not known here. */
    person(id: string): Person | null
    /** Everybody who works here, the owner first. */
    list(): Person[]
    addPerson(actor: Actor, name: string): Person
    /** Answers the sessions that ended. @throws DomainError `person.not_found`, `conflict` for the owner. */
    removePerson(actor: Actor, id: string): string[]
    updatePerson(actor: Actor, id: string, changes: { name?: string; language?: 'es' | 'en' | null }): Person
    /** Passwords and sessions. */
    readonly access: Access
  }
  /** How other computers of the network reach this host; absent where none can. */
  readonly lan?: NetworkDoor | undefined
  /** A fresh link that signs one browser in. */
  launchUrl(): { url: string; launchUrl: string }
  /** Ends the session and its connections. */
  endSession(sessionId: string): void
  /** An upload of that session, or null. It stays until `release`. */
  upload(uploadId: string, sessionId: string): Upload | null
  /** A shop was made: the host puts its door beside it. */
  shopCreated(slug: string): void
  /** The host's own checks, for `doctor`. */
  checks(): Promise<Check[]>
  /** Versions, checks and the last lines of the log as text, without personal data. */
  diagnostics(): Promise<string>
  /** What the desktop app adds; absent where a browser shows the desk. */
  readonly shell?: DesktopShell
}

/** The desk as it is open to the network. */
export interface NetworkDoor {
  /** `https://192.168.1.20:4780` */
  readonly addresses: readonly string[]
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint: string
}

/** The desktop app, as the contract's `shell` asks it. */
export interface DesktopShell {
  state(): ShellState
  /** Calls `fn` when the state has changed, or when a place of the desk waits to be shown; the answer ends it. */
  onChange(fn: (what: 'state' | 'go') => void): () => void
  /** Places that wait to be shown (the part of the desk's address after `#`); each is given once. */
  takePlaces(): string[]
  set(changes: ShellChanges): Promise<void>
  /** @throws DomainError `update.not_supported` */
  checkForUpdate(): void
  cancelUpdate(): Promise<void>
  /** @throws DomainError `update.not_ready` */
  restartToUpdate(): void
  copyText(text: string): void
  /** Somebody of the desk has another name or language now. */
  personChanged(): void
  openLogs(): Promise<void>
  /** The file becomes an upload of that session. Null when the dialog was closed. */
  chooseFile(
    kind: 'catalog',
    sessionId: string,
  ): Promise<{ uploadId: string; fileName: string; size: number } | null>
}

export interface Upload {
  path: string
  fileName: string
  release(): void
}
