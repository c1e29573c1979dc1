// `npm run build`: builds in any case and shows what the build says.
import { build } from './setup/build.mjs'
import { withLock } from './setup/lock.mjs'
import { prepare } from './setup.mjs'

const node = await prepare({ built: false })
try {
  await withLock(() => build(node, { show: true }))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
