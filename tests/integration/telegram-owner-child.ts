import { createApp } from '../../main/core/app.ts'
import { createTestHost } from '../fixtures/host.ts'

/** A process to be killed: serves the shop of a folder and never comes back from handing the owner a notice. */
const [data = ''] = process.argv.slice(2)
await createApp(
  { quietWindowMs: 20, longestWaitMs: 200 },
  createTestHost(data, {
    probe: (point) => {
      if (point === 'notice.handed_over') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    },
  }),
)
// Timers of the core never hold a process open; the parent does.
process.on('message', () => undefined)
