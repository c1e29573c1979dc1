// `npm run package [-- --dir] [--win|--mac|--linux] [--x64|--arm64]`: makes the installers of this computer's kind, or of
// the kind that is named, in out/package/. `--dir` stops at the folder that an installer would hold.
import { spawn } from 'node:child_process'
import { builderArguments } from './package/arguments.mjs'
import { inRoot, root } from './setup/project.mjs'
import { runtimeEnvironment } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

let args
try {
  args = builderArguments(process.argv.slice(2), process)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(64)
}

const node = await prepare()
const child = spawn(node, [inRoot('node_modules', 'electron-builder', 'cli.js'), ...args], {
  cwd: root,
  env: runtimeEnvironment(node),
  stdio: 'inherit',
})
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
