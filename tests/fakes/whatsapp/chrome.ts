import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser that tests use, or undefined where there is none; the wrapper needs a shell. */
export function findBrowser(): string | undefined {
  return candidates.find((path) => existsSync(path))
}

/** A browser as the product finds it, except that `web.whatsapp.com` is here and nothing else is anywhere. */
export class ChromeWrapper {
  readonly path: string
  readonly #folder: string
  readonly #address: string

  constructor(options: { port: number; spkiHash: string; browser?: string; noSandbox?: boolean }) {
    const browser = options.browser ?? findBrowser()
    if (browser === undefined) throw new Error('no Chrome or Chromium on this computer')
    this.#folder = mkdtempSync(join(tmpdir(), 'whatsapp-chrome-'))
    this.path = join(this.#folder, 'chrome')
    this.#address = `MAP web.whatsapp.com:443 127.0.0.1:${options.port},`
    const rules = `${this.#address} MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`
    const flags = [
      `--host-resolver-rules=${rules}`,
      `--ignore-certificate-errors-spki-list=${options.spkiHash}`,
      ...(options.noSandbox === true ? ['--no-sandbox'] : []),
    ]
    const script = [
      '#!/bin/sh',
      `echo $$ >> '${join(this.#folder, 'pids')}'`,
      `exec '${browser}' ${flags.map((flag) => `'${flag}'`).join(' ')} "$@"`,
    ]
    writeFileSync(this.path, `${script.join('\n')}\n`)
    chmodSync(this.path, 0o755)
  }

  /** The browsers started through the wrapper that are still running. */
  running(): number[] {
    const file = join(this.#folder, 'pids')
    if (!existsSync(file)) return []
    const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number)
    return pids.filter((pid) => commandOf(pid).includes(this.#address))
  }

  /** As if the system had killed the browser. */
  kill(): void {
    for (const pid of this.running()) process.kill(pid, 'SIGKILL')
  }

  /** As if the pages' processes had run out of memory. Reads `/proc`, so on Linux only. */
  crashPages(): void {
    const parents = readParents()
    const browsers = new Set(this.running())
    for (const pid of parents.keys()) {
      if (descends(pid, browsers, parents) && commandOf(pid).includes('--type=renderer')) {
        process.kill(pid, 'SIGKILL')
      }
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // Gone meanwhile.
    return ''
  }
}

function readParents(): Map<number, number> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '')
      parents.set(Number(name), Number(fields.split(' ')[1]))
    } catch {
      // Gone meanwhile.
    }
  }
  return parents
}

function descends(pid: number, ancestors: Set<number>, parents: Map<number, number>): boolean {
  for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) {
    if (ancestors.has(at)) return true
  }
  return false
}
