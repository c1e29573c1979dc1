import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs'

/**
 * Puts a fetched AppImage in the place of the one that runs, under the name that it has: what starts it (the computer, an
 * icon, a link) knows it by that. It is laid beside first, so that a full disk leaves the old one whole.
 * @throws what the disk says; then nothing has changed
 */
export function replaceAppImage(fetched: string, current: string): void {
  const beside = `${current}.new`
  try {
    moveFile(fetched, beside)
    chmodSync(beside, 0o755)
    renameSync(beside, current)
  } catch (error) {
    remove(beside)
    throw error
  }
}

/** Also from one disk to another. */
function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    copyFileSync(from, to)
    rmSync(from, { force: true })
  }
}

/** What cannot be removed is written over the next time. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It is no file of ours.
  }
}

/** Of the arguments of this start those of the next one: on whose data it works. */
export function argumentsToKeep(args: readonly string[]): string[] {
  return args.flatMap((arg, at) => {
    if (arg.startsWith('--data=')) return [arg]
    const value = args[at + 1]
    return arg === '--data' && value !== undefined ? [arg, value] : []
  })
}
