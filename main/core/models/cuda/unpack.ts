import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { extract, list, type ReadEntry } from 'tar'
import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import { isOff } from '../../mutants.ts'

export interface UnpackOrder {
  archive: string
  /** Made for it; gets `package.json`, `LICENSE` and `bins`. */
  target: string
  /** As the library names the folder inside `bins`. */
  folder: string
  name: string
  version: string
  /** Bytes that the archive may hold at most. */
  most: number
}

/** A file that was unpacked, relative to the target with forward slashes, and its bytes. */
export interface UnpackedFile {
  path: string
  size: number
}

const manifestSchema = z.object({ name: z.string(), version: z.string() })

/**
 * Unpacks a package of the registry: of its files only those that the library reads, after the whole list was looked at.
 * What is unpacked is on the disk when this resolves.
 * @throws DomainError `model.checksum` for an archive that is not what it should be; what the disk says
 */
export async function unpack(order: UnpackOrder): Promise<UnpackedFile[]> {
  const wanted = await look(order)
  await mkdir(order.target, { recursive: true })
  await extract({
    file: order.archive,
    cwd: order.target,
    strip: 1,
    strict: true,
    noMtime: true,
    preservePaths: isOff('cuda.paths'),
    filter: (path) => wanted.has(path),
  })
  const files = [...wanted].map(([path, size]) => ({ path: path.slice('package/'.length), size }))
  for (const { path } of files) await settle(join(order.target, path))
  const { name, version } = manifestSchema.parse(
    JSON.parse(await readFile(join(order.target, 'package.json'), 'utf8')),
  )
  if (name !== order.name || version !== order.version) throw refused(order)
  return files
}

/** The files that are to be unpacked, by their path in the archive; an archive with anything strange is refused. */
async function look(order: UnpackOrder): Promise<Map<string, number>> {
  const wanted = new Map<string, number>()
  const expected = expectedFiles(order.folder)
  let bytes = 0
  let strange = false
  const onReadEntry = (entry: ReadEntry) => {
    const { path, type, size } = entry
    bytes += size
    const plain = type === 'File' || type === 'OldFile'
    const inside = /^package\/[^\\]+$/.test(path) && !path.split('/').includes('..')
    if (!(plain || type === 'Directory') || !inside) strange = true
    if ((plain && expected.test(path)) || isOff('cuda.paths')) wanted.set(path, size)
  }
  try {
    await list({ file: order.archive, strict: true, onReadEntry })
  } catch (error) {
    throw refused(order, error)
  }
  if (strange && !isOff('cuda.paths')) throw refused(order)
  if (bytes > order.most || !wanted.has('package/package.json')) throw refused(order)
  return wanted
}

function expectedFiles(folder: string): RegExp {
  return new RegExp(`^package/(package\\.json|LICENSE|bins/${folder}/(fallback/)?[\\w][\\w.-]*)$`)
}

/** Waits until a file is on the disk: it is named as whole right afterwards. */
async function settle(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function refused({ name }: UnpackOrder, cause?: unknown): DomainError {
  return new DomainError('model.checksum', { model: name }, { cause })
}
