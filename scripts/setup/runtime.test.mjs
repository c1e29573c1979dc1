import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it, vi } from 'vitest'

// Processes are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000 })

const launcher = `
  Object.defineProperty(process, 'execve', { value: undefined })
  const { become } = await import(${JSON.stringify(new URL('./runtime.mjs', import.meta.url).href)})
  become(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => undefined, 1000)'])
`

/** Starts a command by a launcher that cannot become it. The output ends when neither is there any more. */
async function launch() {
  const process = spawn(globalThis.process.execPath, ['--input-type=module', '-e', launcher], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [pid] = await once(createInterface({ input: process.stdout }), 'line')
  return { process, command: Number(pid) }
}

it('a command ends when its launcher is killed', async ({ onTestFailed }) => {
  const { process, command } = await launch()
  onTestFailed(() => globalThis.process.kill(command, 'SIGKILL'))
  process.kill('SIGKILL')
  await once(process, 'close')
})

it('a launcher ends with its command, and as it ended', async () => {
  const { process, command } = await launch()
  globalThis.process.kill(command, 'SIGTERM')
  expect(await once(process, 'close')).toEqual([143, null])
})
