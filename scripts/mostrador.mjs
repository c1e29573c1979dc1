// `npm run -s mostrador -- <command>`: the command line. Set-up speaks on stderr; stdout is the command's alone.
import { inRoot } from './setup/project.mjs'
import { become } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const node = await prepare()
// npm runs scripts in the project's folder; relative paths on the command line mean where the person is.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
become(node, [inRoot('out', 'main', 'cli', 'main.js'), ...process.argv.slice(2)])
