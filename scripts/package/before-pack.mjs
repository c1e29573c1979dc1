// Called by electron-builder before it copies anything: stops where the result could not work at the shop.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeNotices } from './notices.mjs'
import { nativesOf } from './targets.mjs'

/** electron-builder's numbers of architectures. */
const archNames = { 1: 'x64', 3: 'arm64' }

export function targetOf({ electronPlatformName, arch }) {
  return `${electronPlatformName}-${archNames[arch] ?? `arch${arch}`}`
}

/** @param {{ electronPlatformName: string, arch: number, packager: { projectDir: string } }} context */
export default function beforePack(context) {
  const target = targetOf(context)
  const { packages, files } = nativesOf(target)
  const missing = [...(packages ?? []), ...files].filter(
    (name) => !existsSync(join(context.packager.projectDir, 'node_modules', ...name.split('/'))),
  )
  if (packages === undefined) throw new Error(`There is no installer for ${target}`)
  if (missing.length > 0)
    throw new Error(
      `Not installed for ${target}: ${missing.join(', ')}. Package on a computer of that kind, or install with npm's --os and --cpu.`,
    )
  // For the patterns in electron-builder.yml, which are read after this.
  process.env.NATIVE_PLATFORM = context.electronPlatformName
  const { projectDir } = context.packager
  writeNotices(projectDir, join(projectDir, 'out', 'package', 'notices'))
}
