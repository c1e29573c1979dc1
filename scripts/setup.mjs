import { pathToFileURL } from 'node:url'
import { build, isBuilt } from './setup/build.mjs'
import { install, isInstalled } from './setup/install.mjs'
import { withLock } from './setup/lock.mjs'
import { message } from './setup/messages.mjs'
import { SetupError } from './setup/project.mjs'
import { ensureRuntime, runtimePath } from './setup/runtime.mjs'

/**
 * Brings a checkout to where the app can run and returns the path of its Node: packages as the lock file names them,
 * the right Node, and (unless `built: false`) a build of the sources as they are. Costs a few milliseconds when
 * nothing is to do. Every problem ends in one message that says what to do and exit code 69.
 */
export async function prepare({ built = true } = {}) {
  try {
    if (Number(process.versions.node.split('.')[0]) < 20)
      throw new SetupError(message('oldNode', { version: process.version }))
    const ready = isInstalled() ? runtimePath() : null
    if (ready !== null && (!built || isBuilt())) return ready
    return await withLock(async () => {
      if (!isInstalled()) await install()
      const node = runtimePath() ?? (await ensureRuntime())
      if (built && !isBuilt()) await build(node)
      return node
    })
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`)
    process.exit(69)
  }
}

function explained(error) {
  if (error instanceof SetupError) return error.message
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code))
    return message('noRights', { folder: error.path ?? '' })
  if (error.code === 'ENOSPC') return message('noSpace')
  return error.stack ?? String(error)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await prepare({ built: false })
}
