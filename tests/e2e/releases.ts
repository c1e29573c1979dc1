import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UpdateFeed } from '../fakes/update-feed/server.ts'
import type { TestDesktop } from '../fixtures/desktop.ts'
import {
  appImage,
  installedCopy,
  installedEnv,
  packagedFiles,
  publishRelease,
} from '../fixtures/made-release.ts'

/** Where releases lie for a desktop app that believes they are ours, and says that it is an AppImage of 1.0.0. */
export class Releases {
  readonly feed: UpdateFeed
  /** The app's main script. */
  readonly main: string
  readonly env: Record<string, string>
  readonly #folder: string

  private constructor(folder: string, feed: UpdateFeed) {
    this.#folder = folder
    this.feed = feed
    packagedFiles(folder)
    this.main = installedCopy(folder)
    const installed = join(folder, 'Mostrador-1.0.0-linux-x86_64.AppImage')
    writeFileSync(installed, appImage('1.0.0', join(folder, 'ran.txt')), { mode: 0o755 })
    this.env = installedEnv(folder, installed, feed.url)
  }

  static async open(desktop: TestDesktop): Promise<Releases> {
    const folder = join(desktop.base, 'installed')
    mkdirSync(join(folder, 'releases'), { recursive: true })
    return new Releases(folder, await UpdateFeed.start(join(folder, 'releases')))
  }

  publish(version: string): void {
    const file = `Mostrador-${version}-linux-x86_64.AppImage`
    const content = appImage(version, join(this.#folder, 'ran.txt'))
    publishRelease(join(this.#folder, 'releases'), { version, files: { [file]: content } })
  }
}
