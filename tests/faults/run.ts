/**
 * `npm run faults`: the full storm, and with `--small` the size that the tests run. `--customers N --messages N --kills N
 * --buyers N --seed N` for another size. Prints its figures and ends with the count of what was checked.
 */
import { parseArgs } from 'node:util'
import { describeStorm } from './report.ts'
import { insideEffect, runStorm } from './storm.ts'

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    customers: { type: 'string' },
    messages: { type: 'string', default: '5' },
    kills: { type: 'string' },
    buyers: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const report = await runStorm({
  customers: Number(values.customers ?? (values.small ? 40 : 200)),
  messagesEach: Number(values.messages),
  buyers: Number(values.buyers ?? (values.small ? 12 : 60)),
  killsPerWindow: Number(values.kills ?? (values.small ? 3 : 5)),
  seed: Number(values.seed),
  onProgress: (line) => process.stderr.write(`${line}\n`),
})
console.log(describeStorm(report))

const checks = [
  ...Object.entries(report.faults).map(([fault, count]) => ({ name: fault, good: count === 0 })),
  ...Object.entries(report.kills).map(([window, count]) => ({
    name: `kills in ${window}`,
    good: count >= (window === insideEffect ? 1 : 3),
  })),
]
const failed = checks.filter((check) => !check.good)
for (const check of failed) console.log(`failed: ${check.name}`)
console.log(`${checks.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1
