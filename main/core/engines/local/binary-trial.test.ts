import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../../tests/fixtures/clock.ts'
import { writeScriptedModel } from '../../../../tests/fixtures/gguf/scripted-model.ts'
import { testLog } from '../../../../tests/fixtures/host.ts'
import { asking, codeOf, generated } from '../../../../tests/fixtures/model-host.ts'
import type { ChildProcess, Processes } from '../../host.ts'
import { createModelHost } from './host.ts'
import type { ModelHost } from './model-host.ts'

// Processes of the real library start here: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const prelude = new URL('../../../../tests/fakes/electron/utility-prelude.ts', import.meta.url).href

/** Processes in which the library believes itself in a utility process of Electron's. */
class UtilityLike implements Processes {
  readonly forked: string[] = []
  readonly #refused: string

  /** @param refused a module whose processes end at once, as where a binary crashes */
  constructor(refused = '') {
    this.#refused = refused
  }

  fork(modulePath: string, args: readonly string[]): ChildProcess {
    this.forked.push(basename(modulePath))
    const child = fork(modulePath, [...args], {
      execArgv: ['--import', prelude],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    if (child.stdout === null) throw new Error('a forked process has a stdout pipe')
    child.on('error', () => undefined)
    if (basename(modulePath) === this.#refused) child.kill('SIGKILL')
    return {
      stdout: child.stdout,
      send: (message) => void (child.connected && child.send({ message })),
      // What the prelude sends is wrapped like this.
      onMessage: (listen) => child.on('message', (raw) => listen((raw as { message: unknown }).message)),
      onExit: (listen) => child.on('exit', listen),
      kill: () => child.kill('SIGKILL'),
    }
  }
}

let folder: string
let file: string
let host: ModelHost | null = null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binary-trial-'))
  file = join(folder, 'scripted.gguf')
  writeScriptedModel(file, { replies: [{ on: null, say: 'Hola de nuevo.' }] })
})
afterEach(async () => {
  await host?.close()
  rmSync(folder, { recursive: true, force: true })
})

function hostOn(processes: Processes): ModelHost {
  host = createModelHost({ processes, clock: systemClock, log: testLog(), folder })
  return host
}

test('under Electron the app’s main process starts the process in which a binary is tried', async () => {
  const processes = new UtilityLike()
  await expect(generated(hostOn(processes), asking(file, 'hola'))).resolves.toMatchObject({
    text: 'Hola de nuevo.',
  })
  expect(processes.forked[0]).toBe('model-process.ts')
  expect(new Set(processes.forked.slice(1))).toEqual(new Set(['binary-trial-process.ts']))
})

test('a binary whose trial dies is not loaded, and the model process lives on', async () => {
  const processes = new UtilityLike('binary-trial-process.ts')
  const tried = hostOn(processes)
  await expect(codeOf(generated(tried, asking(file, 'hola')))).resolves.toBe('off')
  expect(tried.status()).toMatchObject({ deaths: 0 })
})
