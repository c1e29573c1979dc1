// `npm start`: sets up what is missing, builds what changed and serves the desk.
import { inRoot } from './setup/project.mjs'
import { become } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const node = await prepare()
// npm runs scripts in the project's folder; relative paths on the command line mean where the person is.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
become(node, [inRoot('out', 'main', 'headless', 'main.js'), ...process.argv.slice(2)])
