import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

const main = join(import.meta.dirname, '..', '..', 'main', 'cli', 'main.ts')

export type Line = Record<string, unknown>

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
  /** Stdout, one JSON value a line; only with `--json`. */
  lines: Line[]
}

export interface CliOptions {
  /** What stands on stdin; nothing when absent. */
  input?: string
  env?: Record<string, string>
  /** The user that runs it; only root may change it. */
  uid?: number
}

/** Runs a command from source to its end. */
export async function cli(args: string[], options: CliOptions = {}): Promise<Ran> {
  const running = startCli(args, options)
  running.child.stdin.end(options.input ?? '')
  return running.ended
}

export interface RunningCli {
  child: ChildProcessByStdio<Writable, Readable, Readable>
  /** The next line on stdout, as JSON. */
  next(): Promise<Line>
  ended: Promise<Ran>
}

/** Starts a command from source and leaves its stdin open. */
export function startCli(args: string[], options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: 'C', MOSTRADOR_DATA: '', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  })
  // A command that ends before it has read its input is no failure of the test.
  child.stdin.on('error', () => undefined)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const ended = once(child, 'close').then(([code]) => ({
    code: typeof code === 'number' ? code : null,
    stdout,
    stderr,
    lines: args.includes('--json') ? linesOf(stdout) : [],
  }))
  return {
    child,
    next: async () => {
      const line = await lines.next()
      if (line.done === true) throw new Error(`ended before it said that: ${stderr}`)
      return parse(line.value)
    },
    ended,
  }
}

function linesOf(stdout: string): Line[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [parse(line)]))
}

function parse(line: string): Line {
  // The command line writes one JSON object a line; anything else fails here or in the test.
  return JSON.parse(line) as Line
}
