// `npm run bench`: builds what changed and runs the benchmarks on our Node; arguments go to them.
import { inRoot } from './setup/project.mjs'
import { become } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

const node = await prepare()
become(node, ['--expose-gc', inRoot('tests', 'bench', 'run.ts'), ...process.argv.slice(2)])
