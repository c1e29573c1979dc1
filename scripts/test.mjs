// `npm test`: all set-up, then every suite; the last line sums them up. `npm test -- unit e2e faults` picks suites.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureChromium } from './setup/chromium.mjs'
import {
  closingLine,
  fromOutput,
  fromPlaywright,
  fromVitest,
  secondTries,
  sum,
  withSecondTries,
} from './setup/counts.mjs'
import { inRoot, root } from './setup/project.mjs'
import { runtimeEnvironment } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const results = inRoot('out', 'test-results')
const suites = { unit, e2e, faults }

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in suites))
if (unknown.length > 0) {
  process.stderr.write(`Unknown suite: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}\n`)
  process.exit(64)
}

const node = await prepare()
const chromium = await browser()
mkdirSync(results, { recursive: true })

const counts = []
for (const [name, suite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stdout.write(`\n── ${name} ──\n`)
  const started = performance.now()
  const count = await suite()
  counts.push(count)
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  process.stdout.write(
    `${name}: ${closingLine(count)}${skipped} (${((performance.now() - started) / 1000).toFixed(0)} s)\n`,
  )
}
const total = sum(counts)
process.stdout.write(`\n${closingLine(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0

async function unit() {
  const first = await vitest('unit')
  // What is shared in a file is spoiled once one of its tests has failed: the second try is the whole file's, alone.
  const again = secondTries(first.report, 'programs')
  if (again.length === 0) return told(first.report, first.code)
  process.stdout.write(`\nA second try of each on its own: ${again.join(', ')}\n`)
  const second = await vitest('unit-again', '--project', 'programs', '--maxWorkers', '1', ...again)
  const passed = (second.report?.files ?? []).filter(({ ok }) => ok).map(({ file }) => file)
  if (passed.length > 0) process.stdout.write(`Passed at the second try only: ${passed.join(', ')}\n`)
  return told(withSecondTries(first.report, second.report), second.code)
}

/** Names what failed once more, at the end, where it is found. */
function told(report, code) {
  for (const { file, ok, failures } of report?.files ?? []) {
    if (!ok) process.stdout.write(`FAILED ${file}: ${failures.join('; ') || 'did not run'}\n`)
  }
  if (report?.unhandled > 0) process.stdout.write(`FAILED by ${report.unhandled} errors of no test\n`)
  return fromVitest(report, code)
}

async function vitest(name, ...more) {
  const report = inRoot('out', 'test-results', `${name}.json`)
  rmSync(report, { force: true })
  const reporter = inRoot('scripts', 'setup', 'test-reporter.mjs')
  const args = ['run', '--reporter=default', `--reporter=${reporter}`, ...more]
  const { code } = await show([inRoot('node_modules', 'vitest', 'vitest.mjs'), ...args], {
    NODE_ENV: 'test',
    MOSTRADOR_TEST_REPORT: report,
  })
  return { code, report: readReport(report) }
}

async function e2e() {
  if (chromium === null) return { passed: 0, failed: 1, skipped: 0 }
  const report = inRoot('out', 'test-results', 'e2e.json')
  rmSync(report, { force: true })
  const { code } = await show(
    [inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=line,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    },
  )
  return fromPlaywright(readReport(report), code)
}

async function faults() {
  const { code, output } = await show([inRoot('tests', 'faults', 'run.ts'), '--small', '--seed', '1'], {
    NODE_ENV: 'test',
  })
  return fromOutput(output, code)
}

/** The browser that all suites use; null where there is none and none can be installed, which is said. */
async function browser() {
  try {
    return await ensureChromium()
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    return null
  }
}

/** Runs on our Node with its output shown as it comes. */
function show(args, more) {
  return new Promise((resolve) => {
    const plain = process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' }
    const found = chromium === null ? {} : { MOSTRADOR_CHROMIUM: chromium }
    const env = runtimeEnvironment(node, { ...plain, ...found, ...more })
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
    const chunks = []
    child.stdout.on('data', (chunk) => {
      chunks.push(chunk)
      process.stdout.write(chunk)
    })
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
