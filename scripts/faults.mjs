// `npm run faults`: customers write while the process is killed, in full size; arguments go to `tests/faults/run.ts`.
import { inRoot } from './setup/project.mjs'
import { become } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const node = await prepare()
become(node, [inRoot('tests', 'faults', 'run.ts'), ...process.argv.slice(2)], { NODE_ENV: 'test' })
