import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { measureTree, sumTree } from './process-tree.ts'

it('sums up a process with all that it started', () => {
  const rows = [
    { pid: 10, parent: 1, memory: 1 },
    { pid: 11, parent: 10, memory: 2 },
    { pid: 12, parent: 11, memory: 4 },
    { pid: 20, parent: 1, memory: 8 },
  ]
  expect(sumTree(10, rows)).toEqual({ memory: 7, processes: 3 })
  expect(sumTree(99, rows)).toEqual({ memory: 0, processes: 0 })
  // Ids are used again: what seems to have started itself is counted once.
  expect(sumTree(5, [{ pid: 5, parent: 5, memory: 3 }])).toEqual({ memory: 3, processes: 1 })
})

it('measures real processes', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => console.log("here"), 10)'])
  try {
    // Until then it is hardly more than the system's own beginning of it.
    await once(child.stdout, 'data')
    const alone = await measureTree(child.pid ?? 0)
    const both = await measureTree(process.pid)
    expect(alone.memory).toBeGreaterThan(1024 * 1024)
    expect(both.memory).toBeGreaterThan(alone.memory)
    expect(both.processes).toBeGreaterThanOrEqual(2)
  } finally {
    child.kill('SIGKILL')
  }
})
