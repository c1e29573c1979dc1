import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../../tests/fixtures/clock.ts'
import { testLog } from '../../../../tests/fixtures/host.ts'
import type { Processes } from '../../host.ts'
import { withMutant } from '../../mutants.ts'
import type { CudaBuildPort } from './model-host.ts'
import { readStartOptions } from './protocol.ts'
import { type ModelDeath, Supervisor } from './supervisor.ts'

/** Processes that say and die as a test tells them. */
class Puppets implements Processes {
  readonly given: boolean[] = []
  #say: (message: unknown) => void = () => undefined
  #exit: (code: number | null) => void = () => undefined

  fork(_path: string, args: readonly string[]) {
    this.given.push(readStartOptions(args[0]).cuda !== null)
    return {
      stdout: Readable.from([]),
      send: () => undefined,
      onMessage: (listen: (message: unknown) => void) => {
        this.#say = listen
      },
      onExit: (listen: (code: number | null) => void) => {
        this.#exit = listen
      },
      kill: () => undefined,
    }
  }

  says(cuda: boolean | null): void {
    this.#say({ type: 'state', chatFile: null, embeddingFile: null, gpu: null, memory: 1, cuda })
  }

  dies(): void {
    this.#exit(null)
  }
}

function supervised() {
  const clock = new ManualClock()
  const processes = new Puppets()
  const deaths: ModelDeath[] = []
  const heard: string[] = []
  const cuda: CudaBuildPort = {
    choice: () => (heard.includes('gave up') ? null : { version: '1.0.0', folders: {} }),
    tried: (works) => heard.push(works ? 'works' : 'not loaded'),
    gaveUp: () => heard.push('gave up'),
  }
  const supervisor = new Supervisor(
    {
      processes,
      clock,
      log: testLog(),
      start: { statesFolder: null, stateBytes: 0 },
      cuda,
      onDeath: (death) => deaths.push(death),
    },
    { message: () => {}, died: () => {}, ready: () => {}, changed: () => {} },
  )
  const life = (told: boolean | null) => {
    supervisor.link()
    processes.says(null)
    if (told !== null) processes.says(told)
    processes.dies()
    clock.advance(60_000)
  }
  return { supervisor, processes, deaths, heard, life }
}

test.each([true, null])('what dies twice with CUDA (%s) goes on without it', async (told) => {
  const { supervisor, processes, deaths, heard, life } = supervised()
  life(told)
  life(told)
  expect(heard.at(-1)).toBe('gave up')
  expect(deaths).toEqual([
    { deaths: 1, off: false },
    { deaths: 2, off: false },
  ])
  expect(supervisor.link()).not.toBeNull()
  expect(processes.given).toEqual([true, true, false])
  // Without it the usual rule holds, and begins anew.
  processes.dies()
  expect(supervisor.off).toBeNull()
})

test('what dies twice after CUDA did not load is off as ever', () => {
  const { supervisor, heard, life } = supervised()
  life(false)
  life(false)
  expect(heard).toEqual(['not loaded', 'not loaded'])
  expect(supervisor.off).toBe('crashed')
})

test('without that rule a build that crashes would turn models off', () =>
  withMutant('cuda.gives_way', () => {
    const { supervisor, life } = supervised()
    life(true)
    life(true)
    expect(supervisor.off).toBe('crashed')
  }))
