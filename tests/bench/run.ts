/**
 * `npm run bench`: everything side by side in one run. `--only search,way,import,start,orders,models,desktop`, `--quick` for a smaller size,
 * `--json` for one JSON object at the end.
 */
import { parseArgs } from 'node:util'
import { benchColdStart } from './cold-start.ts'
import { benchDesktop } from './desktop.ts'
import { benchImport } from './import.ts'
import { benchMessageWay } from './message-way.ts'
import { benchModels } from './models.ts'
import { benchOrders } from './orders.ts'
import { runSearchBench, searchBenchTable } from './search.bench.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'search,way,import,start,orders,models,desktop' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const parts = values.only.split(',')
const report: Record<string, unknown> = {
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
}

if (parts.includes('start')) {
  report.start = await benchColdStart(values.quick ? 1_000 : 10_000)
  show('Cold start of the headless host', report.start)
}
if (parts.includes('way')) {
  report.way = await benchMessageWay(values.quick ? 200 : 1_000)
  show('The way of a message (built-in engine, synchronous=FULL, no quiet window)', report.way)
}
if (parts.includes('import')) {
  report.import = await benchImport(values.quick ? 5_000 : 100_000)
  show('CSV import', report.import)
}
if (parts.includes('orders')) {
  report.orders = await benchOrders(values.quick ? 5_000 : 100_000)
  show('Orders: lists, searches, exports', report.orders)
}
if (parts.includes('models')) {
  report.models = await benchModels(values.quick)
  show('Local models: a random-shaped one through the host, beside the library used directly', report.models)
}
if (parts.includes('desktop')) {
  report.desktop = await benchDesktop(values.quick, (line) => process.stderr.write(`${line}\n`))
  show(
    'The desktop app (on a stand-in for Electron), beside the headless host with a browser',
    report.desktop,
  )
}
if (parts.includes('search')) {
  const search = await runSearchBench(
    values.quick ? { judged: 600, sizes: [1_000], timedQueries: 100 } : { sizes: [1_000, 10_000, 100_000] },
  )
  report.search = search
  console.log(`\nSearch\n${searchBenchTable(search)}`)
}
if (values.json) console.log(JSON.stringify(report))

function show(title: string, value: unknown): void {
  console.log(`\n${title}`)
  console.log(JSON.stringify(value, null, 2))
}
