/**
 * A process that serves the shops of a data folder and kills itself with SIGKILL inside the window it was told:
 * `node serve-and-die.ts <data> <window|none> <times>`. It dies at the `times`-th pass of that window.
 */
import { createApp } from '../../main/core/app.ts'
import type { ProbePoint } from '../../main/core/host.ts'
import { createTestHost } from '../fixtures/host.ts'

const [data = '', window = 'none', times = '1'] = process.argv.slice(2)
let left = Number(times)

function probe(point: ProbePoint): void {
  if (point !== window) return
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
}

const app = await createApp({ quietWindowMs: 0 }, createTestHost(data, { probe }))
// Serving is what keeps this process alive; the parent ends it.
setInterval(() => undefined, 60_000)
process.on('SIGTERM', () => {
  void app.stop().then(() => process.exit(0))
})
process.send?.('ready')
