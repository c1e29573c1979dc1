// Called by electron-builder when the folder is complete, before fuses and signatures: looks at what it is.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { targetOf } from './before-pack.mjs'
import { problemsOf } from './inspection.mjs'

/** @param {{ appOutDir: string, electronPlatformName: string, arch: number, packager: { appInfo: { productFilename: string } } }} context */
export default function afterPack(context) {
  const { appOutDir, electronPlatformName, packager } = context
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
      : join(appOutDir, 'resources')
  // A named Electron keeps the app it shows when it has none; a fetched one is rid of it by electron-builder.
  rmSync(join(resources, 'default_app.asar'), { force: true })
  const problems = problemsOf(resources, targetOf(context))
  if (problems.length > 0) throw new Error(`The package is not right:\n  ${problems.join('\n  ')}`)
}
