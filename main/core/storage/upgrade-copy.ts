import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { DomainError } from '../errors.ts'
import { toFileError, toStorageError } from './storage-errors.ts'

/** Copies that are kept. */
const kept = 3
/** A copy that takes longer than this has hung, ms. */
const longestCopy = 30 * 60_000
/** A name has a number where there is another of that day. */
const pattern = /^before-v\d+-\d{4}-\d{2}-\d{2}(?:-(\d+))?\.db$/
/** What a copy that was cut short leaves, with the files of SQLite beside it. */
const partPattern = /^before-v\d+-[\d-]+\.db\.part/
/** Where the header of a database has its `user_version`, big-endian (SQLite's file format, 1.3). */
const versionAt = 60

export interface CopyJob {
  source: string
  target: string
  /** The thread raises its first number when it has answered on the port. */
  done: SharedArrayBuffer
  port: MessagePort
}

/** What the thread answers: nothing, or what SQLite or the file system said. */
export type CopyAnswer = { error: null } | { error: { code: string; message: string } }

/**
 * Copies a database as it is, before it is brought to version `to`: `backups/before-v<to>-<date>.db` beside it. SQLite's
 * own backup does it, in a thread, because it cannot be waited for here; nothing else runs meanwhile.
 * @throws DomainError `storage.full`, `shop.no_rights`, `storage.failed`; then there is no copy, and nothing was touched.
 */
export function copyBeforeUpgrade(file: string, to: number, now: Date): string {
  const folder = join(dirname(file), 'backups')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    removeParts(folder)
    const target = newName(folder, to, now)
    requireSpace(file, folder)
    copyWhole(file, target)
    removeOldest(folder)
    return target
  } catch (error) {
    throw toFileError(toStorageError(error), folder)
  }
}

/** Deletes every copy of that database: what was taken out of it would still stand there. */
export function removeUpgradeCopies(file: string): void {
  const folder = join(dirname(file), 'backups')
  if (!existsSync(folder)) return
  removeParts(folder)
  for (const name of readdirSync(folder)) if (pattern.test(name)) rmSync(join(folder, name), { force: true })
}

function copyWhole(file: string, target: string): void {
  const part = `${target}.part`
  try {
    rmSync(part, { force: true })
    copyInThread(file, part)
    chmodSync(part, 0o600)
    renameSync(part, target)
    // What comes next must not outlive the copy's name.
    for (const folder of [dirname(target), dirname(dirname(target))]) syncFolder(folder)
  } finally {
    for (const left of [part, `${part}-journal`]) rmSync(left, { force: true })
  }
}

function newName(folder: string, to: number, now: Date): string {
  const name = `before-v${to}-${now.toISOString().slice(0, 10)}`
  const numbers = readdirSync(folder)
    .filter((other) => other.startsWith(name))
    .map((other) => Number(pattern.exec(other)?.[1] ?? 1))
  const number = Math.max(0, ...numbers) + 1
  return join(folder, number === 1 ? `${name}.db` : `${name}-${number}.db`)
}

function requireSpace(file: string, folder: string): void {
  const log = `${file}-wal`
  const needed = statSync(file).size + (existsSync(log) ? statSync(log).size : 0)
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < needed) throw new DomainError('storage.full', { path: folder, needed })
}

function copyInThread(source: string, target: string): void {
  const { port1, port2 } = new MessageChannel()
  const done = new SharedArrayBuffer(4)
  const worker = new Worker(new URL('./upgrade-copy-worker.ts', import.meta.url), {
    workerData: { source, target, done, port: port2 } satisfies CopyJob,
    transferList: [port2],
  })
  worker.unref()
  // What the thread itself says of its end is of no use: it has answered, or it has not.
  worker.on('error', () => undefined)
  Atomics.wait(new Int32Array(done), 0, 0, longestCopy)
  const received = receiveMessageOnPort(port1)
  port1.close()
  void worker.terminate()
  if (received === undefined) throw new DomainError('storage.failed', { reason: 'copy' })
  // Posted by our thread only, as this very type.
  const { error } = received.message as CopyAnswer
  if (error !== null) throw Object.assign(new Error(error.message), { code: error.code })
}

/** A process that was killed while it copied had no time to clean up; nobody else copies to this folder meanwhile. */
function removeParts(folder: string): void {
  for (const name of readdirSync(folder))
    if (partPattern.test(name)) rmSync(join(folder, name), { force: true })
}

/**
 * Keeps the newest, but first of all one of each version: an upgrade that fails half-way and is tried again and again must
 * not push out what it began with.
 */
function removeOldest(folder: string): void {
  const copies = readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .map((path) => ({ path, at: statSync(path).mtimeMs, version: versionOf(path) }))
    .sort((a, b) => b.at - a.at || b.path.localeCompare(a.path, 'en', { numeric: true }))
  const isNewestOfVersion = (copy: (typeof copies)[number]) =>
    copies.find(({ version }) => version === copy.version) === copy
  const inOrder = [...copies.filter(isNewestOfVersion), ...copies.filter((copy) => !isNewestOfVersion(copy))]
  for (const { path } of inOrder.slice(kept)) rmSync(path, { force: true })
}

function versionOf(path: string): number {
  const bytes = Buffer.alloc(4)
  const file = openSync(path, 'r')
  try {
    readSync(file, bytes, 0, bytes.length, versionAt)
  } finally {
    closeSync(file)
  }
  return bytes.readUInt32BE()
}

/** Windows has no such thing, and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
