import type { EventEmitter } from 'node:events'
import { note } from './journal.ts'
import { preventable } from './preventable.ts'

/** Pages in which something is unsaved: they prevent `beforeunload`. */
export const holding = new WeakSet<EventEmitter>()

/** Whether the page lets itself be left. Where nobody listens it stays, and Electron says nothing. */
export function mayUnload(page: EventEmitter & { readonly id: number }): boolean {
  if (!holding.has(page)) return true
  const event = preventable()
  page.emit('will-prevent-unload', event)
  note('webContents.will-prevent-unload', { id: page.id, prevented: event.defaultPrevented })
  return event.defaultPrevented
}
