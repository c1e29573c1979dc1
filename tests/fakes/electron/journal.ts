import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { standInSettings } from './settings.ts'

/** One thing that the app asked of the system, or that happened to it. */
export interface Entry {
  /** As `notification.show`, `shell.openExternal`, `app.exit`. */
  what: string
  /** The process that did it: a relaunched app writes on in the same file. */
  pid: number
  at: string
  data: Record<string, unknown>
}

export const journalFile = join(standInSettings.folder, 'journal.jsonl')

/** Written at once: it must survive the end of this process, however that comes. */
export function note(what: string, data: Record<string, unknown> = {}): void {
  const entry: Entry = { what, pid: process.pid, at: new Date().toISOString(), data }
  appendFileSync(journalFile, `${JSON.stringify(entry)}\n`)
}

type Act = (input: Record<string, unknown>) => unknown

const acts = new Map<string, Act>()
const views = new Map<string, () => unknown>()

/** What a test may do by the control endpoint. */
export function onAct(name: string, act: Act): void {
  acts.set(name, act)
}

/** What a test may look at. */
export function onView(name: string, view: () => unknown): void {
  views.set(name, view)
}

export async function perform(name: string, input: Record<string, unknown>): Promise<unknown> {
  const act = acts.get(name)
  if (act === undefined) throw new Error(`no act ${name}; there are ${[...acts.keys()].join(', ')}`)
  return await act(input)
}

export function currentState(): Record<string, unknown> {
  return Object.fromEntries([...views].map(([name, view]) => [name, view()]))
}
