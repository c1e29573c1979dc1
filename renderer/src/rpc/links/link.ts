import type { ClientLink } from '@orpc/client'

export interface LinkEvents {
  onOpen(): void
  /** Once, when the link has gone or could not be opened. */
  onClose(): void
}

export interface OpenedLink {
  link: ClientLink<Record<never, never>>
  close(): void
}

/** Opens one connection to the app. Each kind of host has one implementation beside this file. */
export type OpenLink = (events: LinkEvents) => OpenedLink
