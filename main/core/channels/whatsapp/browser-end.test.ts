import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { closeBrowser } from './browser-end.ts'

it('comes back only when a browser that does not close has gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true })
  await once(child, 'spawn')
  await closeBrowser({ process: () => child, close: () => new Promise(() => undefined) }, 10)
  expect(child.signalCode ?? child.exitCode).not.toBeNull()
})
