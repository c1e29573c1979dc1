/**
 * `npm run faults`: the full storm, and with `--small` the size that the tests run; then the parts of the desktop app are
 * killed by turns (`--desktop N` rounds, 0 for none; none with `--small`, since the tests do one). `--customers N
 * --messages N --kills N --buyers N --seed N` for another size. Prints its figures and ends with the count of what was
 * checked.
 */
import { parseArgs } from 'node:util'
import { type DesktopReport, describeDesktopStorm, runDesktopStorm } from './desktop-storm.ts'
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
    desktop: { type: 'string' },
    only: { type: 'string' },
  },
})
/** The longest that a customer may wait for the next engine when the model dies in the middle of an answer, ms. */
const nextEngineLimitMs = 5_000

const onProgress = (line: string) => process.stderr.write(`${line}\n`)
const checks = [
  ...(values.only === 'desktop' ? [] : await storm()),
  ...(await desktop(Number(values.desktop ?? (values.small ? 0 : 3)))),
]
const failed = checks.filter((check) => !check.good)
for (const check of failed) console.log(`failed: ${check.name}`)
console.log(`${checks.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1

interface Check {
  name: string
  good: boolean
}

async function storm(): Promise<Check[]> {
  const report = await runStorm({
    customers: Number(values.customers ?? (values.small ? 40 : 200)),
    messagesEach: Number(values.messages),
    buyers: Number(values.buyers ?? (values.small ? 12 : 60)),
    killsPerWindow: Number(values.kills ?? (values.small ? 3 : 5)),
    seed: Number(values.seed),
    onProgress,
  })
  console.log(describeStorm(report))
  return [
    ...Object.entries(report.faults).map(([fault, count]) => ({ name: fault, good: count === 0 })),
    ...Object.entries(report.kills).map(([window, count]) => ({
      name: `kills in ${window}`,
      good: count >= (window === insideEffect ? 1 : 3),
    })),
  ]
}

async function desktop(rounds: number): Promise<Check[]> {
  if (rounds === 0) return []
  const report: DesktopReport = await runDesktopStorm({ rounds, customers: 12, onProgress })
  console.log(describeDesktopStorm(report))
  return [
    ...Object.entries(report.faults).map(([fault, count]) => ({
      name: `desktop: ${fault}`,
      good: count === (fault === 'lost' ? report.unknown : 0),
    })),
    { name: 'desktop: the next engine answers', good: report.answeredByNext === rounds },
    {
      name: 'desktop: the next engine answers within 5 s',
      good: report.nextEngineMs.every((ms) => ms <= nextEngineLimitMs),
    },
  ]
}
