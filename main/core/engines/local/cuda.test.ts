import { fork } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../../tests/fixtures/clock.ts'
import { writeScriptedModel } from '../../../../tests/fixtures/gguf/scripted-model.ts'
import { testLog } from '../../../../tests/fixtures/host.ts'
import { asking, generated } from '../../../../tests/fixtures/model-host.ts'
import type { ChildProcess, Processes } from '../../host.ts'
import { createModelHost } from './host.ts'
import type { CudaBuildPort, CudaChoice, ModelHost } from './model-host.ts'

// Processes of the real library start here: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = join(import.meta.dirname, '../../../..')
const prelude = new URL('../../../../tests/fakes/electron/utility-prelude.ts', import.meta.url).href
const approving = join(root, 'tests/fixtures/approving-trial.ts')
const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies[
  'node-llama-cpp'
]

/**
 * Processes in which the library believes itself in a utility process of Electron's, so that we start the trials of
 * binaries. What is sent to them is written down.
 */
class WatchedProcesses implements Processes {
  readonly children: { entry: string; pid: number; kill: () => void }[] = []
  readonly tried: string[] = []
  readonly #approve: boolean

  /** @param approve whether a trial of CUDA ends well without being one, as on a computer with a card */
  constructor({ approve }: { approve: boolean }) {
    this.#approve = approve
  }

  fork(modulePath: string, args: readonly string[]): ChildProcess {
    const entry = basename(modulePath)
    const trial = entry === 'binary-trial-process.ts'
    const child = fork(trial && this.#approve ? approving : modulePath, [...args], {
      execArgv: ['--import', prelude],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    if (child.stdout === null || child.pid === undefined)
      throw new Error('a forked process has a pipe and an id')
    child.on('error', () => undefined)
    const kill = () => void child.kill('SIGKILL')
    this.children.push({ entry, pid: child.pid, kill })
    return {
      stdout: child.stdout,
      send: (message) => {
        const { type, bindingBinaryPath } = Object(message)
        if (trial && type === 'start') this.tried.push(String(bindingBinaryPath))
        if (child.connected) child.send({ message })
      },
      // What the prelude sends is wrapped like this.
      onMessage: (listen) => child.on('message', (raw) => listen((raw as { message: unknown }).message)),
      onExit: (listen) => child.on('exit', listen),
      kill,
    }
  }
}

/** Who has a build, and hears how it went. */
class Build implements CudaBuildPort {
  offered: CudaChoice | null
  readonly heard: string[] = []

  constructor(offered: CudaChoice | null) {
    this.offered = offered
  }

  choice(): CudaChoice | null {
    return this.offered
  }

  tried(works: boolean): void {
    this.heard.push(works ? 'works' : 'not loaded')
  }

  gaveUp(): void {
    this.heard.push('gave up')
    this.offered = null
  }
}

let folder: string
let file: string
let host: ModelHost | null = null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuda-load-'))
  file = join(folder, 'scripted.gguf')
  writeScriptedModel(file, { replies: [{ on: null, say: 'Hola de nuevo.' }] })
})
afterEach(async () => {
  await host?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The library's own binary for the processor, laid out as the CUDA packages are. */
function laidOut(named = version): CudaChoice {
  const bins = join(folder, 'cuda', 'linux-x64-cuda', 'bins')
  mkdirSync(bins, { recursive: true })
  cpSync(join(root, 'node_modules/@node-llama-cpp/linux-x64/bins/linux-x64'), join(bins, 'linux-x64-cuda'), {
    recursive: true,
  })
  const extension = join(folder, 'cuda', 'linux-x64-cuda-ext', 'bins')
  mkdirSync(join(extension, 'linux-x64-cuda'), { recursive: true })
  return {
    version: named,
    folders: { '@node-llama-cpp/linux-x64-cuda': bins, '@node-llama-cpp/linux-x64-cuda-ext': extension },
  }
}

function hostOn(processes: Processes, cuda: CudaBuildPort): ModelHost {
  host = createModelHost({ processes, clock: systemClock, log: testLog(), folder, cuda })
  return host
}

const inFolder = (path: string) => path.startsWith(join(folder, 'cuda'))

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the fetched CUDA build', () => {
  test('is what the library tries first; where it finds no card, models run without it', async () => {
    const processes = new WatchedProcesses({ approve: false })
    const build = new Build(laidOut())
    const said = await generated(hostOn(processes, build), asking(file, 'hola'))
    expect(said.text).toBe('Hola de nuevo.')
    const [first, ...others] = processes.tried
    expect(first).toBe(join(folder, 'cuda', 'linux-x64-cuda', 'bins', 'linux-x64-cuda', 'llama-addon.node'))
    expect(others.length).toBeGreaterThan(0)
    expect(others.some(inFolder)).toBe(false)
    expect(build.heard).toEqual(['not loaded'])
    expect(host?.status()).toMatchObject({ gpu: null, deaths: 0 })
  })

  test('is loaded from its folder once a trial has gone well', async () => {
    const processes = new WatchedProcesses({ approve: true })
    const build = new Build(laidOut())
    await generated(hostOn(processes, build), asking(file, 'hola'))
    const model = processes.children.find(({ entry }) => entry === 'model-process.ts')
    const mapped = readFileSync(`/proc/${model?.pid}/maps`, 'utf8')
    expect(mapped).toContain(
      join(folder, 'cuda', 'linux-x64-cuda', 'bins', 'linux-x64-cuda', 'llama-addon.node'),
    )
    // It is the build for the processor in truth, and so not taken for CUDA.
    expect(build.heard).toEqual(['not loaded'])
  })

  test('of another version is not taken', async () => {
    const processes = new WatchedProcesses({ approve: true })
    const build = new Build(laidOut('0.0.1'))
    await generated(hostOn(processes, build), asking(file, 'hola'))
    expect(processes.tried.some(inFolder)).toBe(false)
    expect(build.heard).toEqual(['not loaded'])
  })
})
