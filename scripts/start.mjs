// `npm start`: sets up what is missing, builds what changed, and opens the desktop app where its program can run; else
// it serves the same desk to a browser. `--headless` and `--desktop` choose.
import { spawn } from 'node:child_process'
import { chooseHost, electronProgram, fetchElectron } from './setup/desktop.mjs'
import { message, tell } from './setup/messages.mjs'
import { inRoot, root } from './setup/project.mjs'
import { become, runtimeEnvironment } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const asked = process.argv.slice(2)
const choice = chooseHost(asked, {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
})
const args = asked.filter((arg) => arg !== '--headless' && arg !== '--desktop')
const node = await prepare()
const program =
  choice === 'headless'
    ? null
    : (electronProgram() ?? (await fetchElectron(node, { isAsked: choice === 'desktop' })))
// npm runs scripts in the project's folder; relative paths on the command line mean where the person is.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
if (program !== null) openDesktop(program)
else if (choice === 'desktop') {
  process.stderr.write(`${message('noElectron')}\n`)
  process.exit(69)
} else {
  if (choice === 'either') {
    tell('noElectron')
    tell('inBrowser')
  }
  become(node, [inRoot('out', 'main', 'headless', 'main.js'), ...args])
}

function openDesktop(electron) {
  tell('desktop')
  const { ELECTRON_RUN_AS_NODE: _, ...env } = runtimeEnvironment(node)
  const child = spawn(electron, [root, ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(69)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}
