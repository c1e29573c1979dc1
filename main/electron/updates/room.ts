import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DomainError } from '../../core/errors.ts'

/** Left free for everything else on that disk, bytes. */
const spareDisk = 200 * 1024 * 1024

/** Free bytes on the disk of a folder, or of the nearest folder above it that is there. */
export async function freeDisk(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    const above = dirname(folder)
    if (above === folder) throw error
    return freeDisk(above)
  }
}

/**
 * Whether a release fits wherever it has to lie on its way.
 * @throws DomainError `update.no_space {needed, free}`
 */
export async function requireRoom(
  size: number,
  folders: readonly string[],
  free: (folder: string) => Promise<number>,
): Promise<void> {
  const needed = size + spareDisk
  for (const folder of folders) {
    const there = await free(folder)
    if (there < needed) throw new DomainError('update.no_space', { needed, free: there })
  }
}
