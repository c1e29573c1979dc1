import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findCuda } from './evidence.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuda-evidence-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(...path: string[]): void {
  const parts = path.slice(0, -1)
  mkdirSync(join(folder, ...parts), { recursive: true })
  writeFileSync(join(folder, ...path), '')
}

test('on Windows the driver and the runtime are found where their installers put them', () => {
  const env = {
    SystemRoot: join(folder, 'Windows'),
    ProgramFiles: join(folder, 'Programs'),
    Path: join(folder, 'x'),
  }
  expect(findCuda('win32', env)).toEqual({ card: false, runtime: false })
  put('Windows', 'System32', 'nvml.dll')
  expect(findCuda('win32', env)).toEqual({ card: true, runtime: false })
  const toolkit = ['Programs', 'NVIDIA GPU Computing Toolkit', 'CUDA', 'v12.4', 'bin']
  put(...toolkit, 'cublas64_11.dll')
  expect(findCuda('win32', env).runtime).toBe(false)
  put(...toolkit, 'cublas64_12.dll')
  expect(findCuda('win32', env)).toEqual({ card: true, runtime: true })
})

test.runIf(process.platform !== 'win32')('on Linux both are also found by the loader’s path', () => {
  const env = { LD_LIBRARY_PATH: [join(folder, 'none'), join(folder, 'lib')].join(delimiter) }
  put('lib', 'libnvidia-ml.so.1')
  put('lib', 'libcudart.so.13')
  expect(findCuda('linux', env).card).toBe(true)
  put('lib', 'libcublas.so.13')
  expect(findCuda('linux', env)).toEqual({ card: true, runtime: true })
})
