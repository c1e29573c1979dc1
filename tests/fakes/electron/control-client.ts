import { existsSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Entry } from './journal.ts'

/** What a test sees of a window. */
export interface SeenWindow {
  id: number
  url: string
  targetId: string | null
  visible: boolean
  focused: boolean
  shape: string
  bounds: { x: number; y: number; width: number; height: number }
  title: string
  crashed: boolean
}

export interface SeenMenuItem {
  id: string
  label: string
  type: string
  role?: string
  enabled: boolean
  checked: boolean
  items?: SeenMenuItem[]
}

/** What `GET /state` answers. */
export interface SystemState {
  app: { pid: number; ready: boolean; loginItem: { openAtLogin: boolean }; badge: number }
  windows: SeenWindow[]
  tray: { toolTip: string; title: string; items: SeenMenuItem[] | null } | null
  menu: SeenMenuItem[] | null
  notifications: { id: number; title: string; body: string }[]
  powerSaveBlockers: string[]
  utilityProcesses: { pid: number; name: string; module: string }[]
  clipboard: string
  debuggingUrl: string | null
  /** Where `app://` is played, on loopback. */
  schemePort: number
}

/** A test's hand on the stand-in, over all starts that share its folder. */
export class StandInControl {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Everything so far, oldest first. */
  journal(): Entry[] {
    const file = join(this.#folder, 'journal.jsonl')
    if (!existsSync(file)) return []
    const lines = readFileSync(file, 'utf8').split('\n')
    // A line that is being written has no end yet.
    return lines.slice(0, -1).map((line) => JSON.parse(line))
  }

  /** Those of one kind. */
  seen(what: string): Entry[] {
    return this.journal().filter((entry) => entry.what === what)
  }

  /** The first entry of a kind after `from` that fits; waits for it. */
  async waitFor(
    what: string,
    options: { from?: number; fits?: (entry: Entry) => boolean; ms?: number } = {},
  ): Promise<Entry> {
    const { from = 0, fits = () => true, ms = 30_000 } = options
    const find = () =>
      this.journal()
        .slice(from)
        .find((entry) => entry.what === what && fits(entry))
    const { promise, resolve } = Promise.withResolvers<Entry>()
    const look = () => {
      const entry = find()
      if (entry !== undefined) resolve(entry)
    }
    const watcher = watch(this.#folder, look)
    const late = new AbortController()
    try {
      look()
      const timeout = after(ms, null, { signal: late.signal })
      const first = await Promise.race([promise, timeout])
      if (first !== null) return first
      const tail = this.journal()
        .slice(-30)
        .map((entry) => `${entry.what} ${JSON.stringify(entry.data)}`)
      throw new Error(`nothing of ${what} in ${ms} ms. The end of the journal:\n${tail.join('\n')}`)
    } finally {
      late.abort()
      watcher.close()
    }
  }

  /** How much there is: what comes later is after it. */
  mark(): number {
    return this.journal().length
  }

  async state(): Promise<SystemState> {
    return (await this.#ask('/state')) as SystemState
  }

  /** Waits until the state fits: looks again at each new line of the journal. */
  async waitForState(fits: (state: SystemState) => boolean, ms = 30_000): Promise<SystemState> {
    const end = Date.now() + ms
    for (;;) {
      const state = await this.state()
      if (fits(state)) return state
      if (Date.now() > end) throw new Error(`the state never fitted: ${JSON.stringify(state)}`)
      await after(50)
    }
  }

  async act(name: string, input: Record<string, unknown> = {}): Promise<unknown> {
    return await this.#ask('/act', { name, ...input })
  }

  async #ask(path: string, body?: Record<string, unknown>): Promise<unknown> {
    const control: { url: string; token: string } = JSON.parse(
      readFileSync(join(this.#folder, 'control.json'), 'utf8'),
    )
    const response = await fetch(`${control.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${control.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${path} ${JSON.stringify(body)}: ${String(answer)}`)
    return answer
  }
}
