// `npm run check`: format and lint, types, layers with their canary, and what nobody uses. Two at a time.
import { inRoot, root } from './setup/project.mjs'
import { run } from './setup/run.mjs'
import { runtimeEnvironment } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const node = await prepare({ built: false })
const env = runtimeEnvironment(node, { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' })

const checks = [
  ['types', ['node_modules', 'typescript', 'bin', 'tsc'], ['-p', '.', '--noEmit']],
  // The desk is bundled: its packages' types are found as a bundler finds them.
  ['types of the desk', ['node_modules', 'typescript', 'bin', 'tsc'], ['-p', 'renderer', '--noEmit']],
  ['style', ['node_modules', '@biomejs', 'biome', 'bin', 'biome'], ['check', '--error-on-warnings', '.']],
  ['layers', ['scripts', 'check-layers.mjs'], []],
  ['unused', ['node_modules', 'knip', 'bin', 'knip.js'], ['--no-progress']],
]

const waiting = [...checks]
let failed = 0
await Promise.all([next(), next()])
process.stdout.write(failed === 0 ? 'All checks passed.\n' : `${failed} of ${checks.length} checks failed.\n`)
process.exitCode = failed === 0 ? 0 : 1

async function next() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [name, script, args] = check
    const started = performance.now()
    const { code, output } = await run(node, [inRoot(...script), ...args], { cwd: root, env })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stdout.write(
      `── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n${code === 0 ? '' : output}`,
    )
    if (code !== 0) failed += 1
  }
}
