import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ProbePoint } from '../../main/core/host.ts'
import type { MutantName } from '../../main/core/mutants.ts'
import type { FakeTelegram } from '../fakes/telegram/server.ts'
import type { Buyers } from './buyers.ts'

/** What the processes of a storm are started with. */
export interface ServingOptions {
  /** A guard to switch off in the process that serves. */
  mutant?: MutantName
}

/** How long a process that has work may do nothing before it is given up, ms. */
const stuckMs = 30_000

function spawn(
  data: string,
  window: ProbePoint | 'none',
  times: number,
  mutant: MutantName | undefined,
): ChildProcess {
  return fork(join(import.meta.dirname, 'serve-and-die.ts'), [data, window, String(times)], {
    env: { ...process.env, NODE_ENV: 'test', ...(mutant === undefined ? {} : { MOSTRADOR_MUTANT: mutant }) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  })
}

/** Serves until the process has died in that window. False when there was nothing to die in. */
export async function killedIn(
  data: string,
  telegram: FakeTelegram,
  window: ProbePoint,
  times: number,
  options: ServingOptions,
): Promise<boolean> {
  const child = spawn(data, window, times, options.mutant)
  const died = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  )
  const idle = new AbortController()
  let gaveUp = false
  const ready = new Promise<void>((resolve) => {
    child.once('message', () => resolve())
    child.once('exit', () => resolve())
  })
  const quiet = ready
    .then(() => whenDone(data, telegram, idle.signal))
    .then(() => {
      gaveUp = !idle.signal.aborted
      child.kill('SIGKILL')
    })
  const signal = await died
  const inWindow = signal === 'SIGKILL' && !gaveUp
  idle.abort()
  await quiet
  return inWindow
}

/** Deaths of the open turn that has died most often. */
export function mostDeaths(data: string): number {
  const sql = openReadOnly(data)
  try {
    return Number(
      sql
        .prepare("SELECT coalesce(max(attempts), 0) FROM turns WHERE state IN ('pending', 'running')")
        .pluck()
        .get(),
    )
  } finally {
    sql.close()
  }
}

/**
 * Resolves when nothing is left to do: then no window will be passed any more. A process that gets hardly any time says
 * nothing for seconds and has work all the same; only one that is silent for very long is stuck.
 */
async function whenDone(data: string, telegram: FakeTelegram, signal: AbortSignal): Promise<void> {
  let seen = ''
  let since = performance.now()
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (everythingAnswered(data, telegram)) return
    const state = progressOf(data)
    if (state !== seen) {
      seen = state
      since = performance.now()
    } else if (performance.now() - since > stuckMs) return
  }
}

function progressOf(data: string): string {
  const sql = openReadOnly(data)
  try {
    return JSON.stringify(
      sql
        .prepare(
          'SELECT (SELECT max(seq) FROM events) AS events, (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM turn_steps) AS steps',
        )
        .get(),
    )
  } finally {
    sql.close()
  }
}

/** Serves undisturbed until everything is answered and every buyer has what they wanted. */
export async function finish(
  data: string,
  telegram: FakeTelegram,
  options: ServingOptions,
  buyers: Buyers | null = null,
): Promise<void> {
  const child = spawn(data, 'none', 1, options.mutant)
  const stop = new AbortController()
  const limit = setTimeout(() => stop.abort(), 120_000)
  try {
    while (!stop.signal.aborted) {
      if (child.exitCode !== null) throw new Error('the process that serves could not start')
      buyers?.answer()
      if (everythingAnswered(data, telegram) && !(buyers?.askAgain() ?? false)) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } finally {
    clearTimeout(limit)
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    }
  }
}

function everythingAnswered(data: string, telegram: FakeTelegram): boolean {
  if (telegram.updates.unconfirmed.length > 0) return false
  const sql = openReadOnly(data)
  try {
    const open = sql.prepare("SELECT count(*) FROM turns WHERE state IN ('pending', 'running')").pluck().get()
    const queued = sql
      .prepare("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')")
      .pluck()
      .get()
    return open === 0 && queued === 0
  } finally {
    sql.close()
  }
}

export function openReadOnly(data: string): Database.Database {
  return new Database(join(data, 'shops', 'tormenta', 'shop.db'), { readonly: true, timeout: 5_000 })
}
