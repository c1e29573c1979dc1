import type { KeyObject } from 'node:crypto'
import type { AppUpdater } from 'electron-updater'
import type { UpdateState } from '../../../preload/contract/index.ts'
import { DomainError } from '../../core/errors.ts'
import type { Clock, Log } from '../../core/host.ts'
import { argumentsToKeep, replaceAppImage } from './appimage-file.ts'
import { Ceiling } from './ceiling.ts'
import { type InstallationKind, isPreRelease, sizeFor } from './release.ts'
import { requireRoom } from './room.ts'
import { verifiedRelease } from './signature.ts'
import { toUpdateError } from './update-errors.ts'

export type Channel = UpdateState['channel']

/** Where newer versions of the app come from, and how one takes the place of this one. */
export interface Releases {
  /**
   * The newer release of that channel, once it is known that we made it; null when there is none.
   * @throws DomainError `update.unreachable`, `update.signature`, `update.failed`
   */
  look(channel: Channel): Promise<{ version: string; size: number } | null>
  /**
   * Fetches what `look` found, and checks it. From then on it is installed when the app quits.
   * @throws DomainError `cancelled`, `update.unreachable`, `update.checksum`, `update.no_space`, `update.failed`
   */
  fetch(onBytes: (bytes: number, total: number) => void, signal: AbortSignal): Promise<void>
  /** What was fetched is not installed after all. */
  forget(): void
  /** Installs what was fetched and starts it: the last act of this process. False when that could not be done. */
  installAndStart(): boolean
}

export interface ReleasesConfig {
  kind: InstallationKind
  arch: string
  /** Where the feed files are. @throws DomainError `update.failed` */
  address(): string
  keys: readonly KeyObject[]
  /** Folders that need room for a release: where it is fetched to, where it will lie. */
  folders: readonly string[]
  freeDisk(folder: string): Promise<number>
  clock: Clock
  log: Log
}

/** A server that says nothing for this long is not there, ms. */
const answerMs = 60_000
/** A download without a byte for this long is dead, ms. A server that tells no length brings no news of bytes at all. */
const stalledMs = 5 * 60_000

/** One of electron-updater's, and how much it takes. */
interface Asked {
  updater: AppUpdater
  ceiling: Ceiling
}

/** electron-updater, told what it may fetch. */
export class ElectronReleases implements Releases {
  readonly #config: ReleasesConfig
  /** Free to be asked. */
  #free: Asked | null = null
  #found: (Asked & { size: number }) | null = null
  #looks = 0
  /** The one that holds a fetched release: it installs it. */
  #holder: AppUpdater | null = null

  constructor(config: ReleasesConfig) {
    this.#config = config
  }

  async look(channel: Channel): Promise<{ version: string; size: number } | null> {
    const { kind, arch, keys } = this.#config
    const look = ++this.#looks
    try {
      const asked = await this.#open(channel)
      const result = await this.#ask(asked)
      if (result?.isUpdateAvailable !== true) return null
      const release = verifiedRelease(result.updateInfo, keys)
      // Ours, but not for everybody yet: somebody put it where it does not belong.
      if (channel === 'stable' && isPreRelease(release.version)) return null
      const size = sizeFor(release, kind, arch)
      if (size === null) throw new DomainError('update.failed', { reason: 'no_file' })
      // One that comes late, perhaps of another channel, is not what is fetched.
      if (look === this.#looks) this.#found = { ...asked, size }
      return { version: release.version, size }
    } catch (error) {
      throw toUpdateError(error)
    }
  }

  async fetch(onBytes: (bytes: number, total: number) => void, signal: AbortSignal): Promise<void> {
    if (this.#found === null) throw new DomainError('update.not_ready')
    const { updater, ceiling, size } = this.#found
    const { folders, freeDisk, clock } = this.#config
    const { CancellationToken } = await import('electron-updater')
    const token = new CancellationToken()
    const cancel = (): void => token.cancel()
    const watch = (): (() => void) => clock.after(stalledMs, cancel)
    let stopWatch = watch()
    let isWhole = false
    const onProgress = ({ transferred, total }: { transferred: number; total: number }): void => {
      stopWatch()
      stopWatch = watch()
      isWhole = transferred === total
      onBytes(transferred, total)
    }
    const onFetched = (): void => {
      updater.autoInstallOnAppQuit = true
    }
    signal.addEventListener('abort', cancel)
    updater.on('download-progress', onProgress)
    try {
      await requireRoom(size, folders, freeDisk)
      signal.throwIfAborted()
      // What was forgotten is not installed by a quit in the middle of this.
      if (this.#holder !== updater) {
        this.forget()
        updater.autoInstallOnAppQuit = false
      }
      updater.on('update-downloaded', onFetched)
      ceiling.forRelease(size)
      await updater.downloadUpdate(token)
      this.#holder = updater
    } catch (error) {
      // A download that fails leaves nothing of an earlier one.
      this.forget()
      if (signal.aborted) throw new DomainError('cancelled')
      const known = toUpdateError(error)
      // It came through and the system does not take it, as a Mac does with what has no maker's signature.
      const isRefused = isWhole && known.code === 'update.unreachable'
      throw isRefused ? new DomainError('update.failed', { reason: 'system' }, { cause: error }) : known
    } finally {
      stopWatch()
      signal.removeEventListener('abort', cancel)
      updater.off('download-progress', onProgress)
      updater.off('update-downloaded', onFetched)
    }
  }

  forget(): void {
    if (this.#holder !== null) this.#holder.autoInstallOnAppQuit = false
    this.#holder = null
  }

  installAndStart(): boolean {
    const holder = this.#holder
    if (holder === null) return false
    let hasFailed = false
    const onError = (): void => {
      hasFailed = true
    }
    holder.once('error', onError)
    // Without a window of the installer, and with a start afterwards.
    holder.quitAndInstall(true, true)
    holder.off('error', onError)
    return !hasFailed
  }

  async #open(channel: Channel): Promise<Asked> {
    const { kind, log } = this.#config
    const url = this.#config.address()
    // While one asks, perhaps for another channel, it would give that answer to whoever asks as well.
    const asked = this.#free ?? (await create(kind))
    this.#free = null
    const { updater } = asked
    asked.ceiling.forFeed()
    updater.logger = libraryLog(log)
    updater.autoDownload = false
    updater.disableWebInstaller = true
    updater.setFeedURL({ provider: 'generic', url, useMultipleRangeRequest: false })
    updater.channel = channel === 'beta' ? 'beta' : 'latest'
    // Naming a channel would allow it.
    updater.allowDowngrade = false
    // A release is for everybody; nobody is told apart by an id.
    updater.isUserWithinRollout = () => true
    updater.requestHeaders = { 'x-user-staging-id': '-' }
    return asked
  }

  /** What does not answer in time is left behind: it would be waited for at each look. */
  async #ask(free: Asked): ReturnType<AppUpdater['checkForUpdates']> {
    const late = Promise.withResolvers<never>()
    const stop = this.#config.clock.after(answerMs, () => late.reject(new DomainError('update.unreachable')))
    const asked = free.updater.checkForUpdates()
    const answered = (): void => {
      this.#free = free
    }
    asked.then(answered, answered)
    try {
      return await Promise.race([asked, late.promise])
    } finally {
      stop()
    }
  }
}

/** Loaded when the first look is due: it costs a start of the app some ten milliseconds. */
async function create(kind: InstallationKind): Promise<Asked> {
  const updater = await createUpdater(kind)
  return { updater, ceiling: new Ceiling(updater) }
}

async function createUpdater(kind: InstallationKind): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater')
  if (kind === 'mac') return new MacUpdater()
  if (kind === 'nsis') return new NsisUpdater()

  /** The library deletes the running file before it moves the new one, and gives that another name. */
  class InPlace extends AppImageUpdater {
    protected override doInstall({ isForceRunAfter }: { isForceRunAfter: boolean }): boolean {
      const { APPIMAGE: current, APPDIR: _folder, ...env } = process.env
      if (current === undefined || this.installerPath === null) return false
      replaceAppImage(this.installerPath, current)
      if (isForceRunAfter)
        this.spawnLog(current, argumentsToKeep(process.argv), env).catch((error) => this.dispatchError(error))
      return true
    }
  }
  return new InPlace()
}

/**
 * What the library says names folders of the person's, so only what kind of thing it said is kept. It also speaks while
 * the app ends and the log is closed, and must not stumble over that: it would not install.
 */
function libraryLog(log: Log): Record<'info' | 'warn' | 'error', (text: unknown) => void> {
  const say = (level: 'debug' | 'warn', text: unknown): void => {
    const said = String(text)
      .replace(/["'(:/\\].*$/s, '')
      .slice(0, 80)
    try {
      log[level]('update.library', { said })
    } catch {
      // Nobody listens any more.
    }
  }
  return {
    info: (text) => say('debug', text),
    warn: (text) => say('warn', text),
    error: (text) => say('warn', text),
  }
}
