import { z } from 'zod'

/**
 * Of a feed file (`latest*.yml`, `beta*.yml`), what decides which bytes are installed and how. Names are plain ones: a
 * release lies beside its feed file. What electron-updater would obey and our signature does not cover is refused:
 * packages of a web installer, a weaker hash, an installer that asks for the administrator.
 */
const fileSchema = z.object({
  url: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/),
  size: z.int().positive(),
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  sha2: z.undefined().optional(),
  isAdminRightsRequired: z.literal(false).optional(),
})

export const feedSchema = z.object({
  version: z.string().regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+([.][0-9A-Za-z-]+)*)?$/),
  files: z.array(fileSchema).min(1).max(50),
  packages: z.null().optional(),
  /** Several while a key is being replaced by another. */
  signature: z.union([z.string(), z.array(z.string()).max(10)]).optional(),
})

export type ReleaseFile = Pick<z.output<typeof fileSchema>, 'url' | 'size' | 'sha512'>

/** What is signed. */
export interface Release {
  version: string
  /** In the feed's order: where several fit, the first one is installed. */
  files: readonly ReleaseFile[]
}

/** The text under the signature. Two releases that differ in anything have different texts. */
export function signedText({ version, files }: Release): string {
  return JSON.stringify([
    'mostrador-update',
    1,
    version,
    files.map(({ url, size, sha512 }) => [url, size, sha512]),
  ])
}

/** Whether its version says that it is tried out by some before everybody gets it. */
export function isPreRelease(version: string): boolean {
  return version.includes('-')
}

/** How an installation is made, which says which file of a release it takes. */
export type InstallationKind = 'nsis' | 'mac' | 'appimage'

const extensions: Record<InstallationKind, string> = { nsis: '.exe', mac: '.zip', appimage: '.appimage' }
const architectures: Readonly<Record<string, RegExp>> = {
  x64: /x64|x86_64|amd64/i,
  arm64: /arm64|aarch64/i,
}

/** The size of what this computer would fetch; null when the release has nothing for it. */
export function sizeFor(release: Release, kind: InstallationKind, arch: string): number | null {
  const fitting = release.files.filter((file) => file.url.toLowerCase().endsWith(extensions[kind]))
  const ours = fitting.find((file) => architectures[arch]?.test(file.url) === true)
  // A name without an architecture is for the one that the feed is for; on a Mac, for Intel.
  const unnamed = fitting.find((file) => !Object.values(architectures).some((name) => name.test(file.url)))
  return (ours ?? unnamed)?.size ?? null
}
