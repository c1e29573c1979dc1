import { EventEmitter } from 'node:events'
import { copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { toProduct } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { note } from './journal.ts'
import { dialog } from './notices.ts'
import { preventable } from './preventable.ts'
import { Session } from './session.ts'
import { standInSettings } from './settings.ts'
import { WebContents } from './web-contents.ts'

/** A download of Chromium's. It lands in a folder of ours, then a person is asked for its place, as Electron does. */
class DownloadItem extends EventEmitter {
  savePath = ''
  readonly #url: string
  readonly #name: string
  #state: 'progressing' | 'completed' | 'cancelled' | 'interrupted' = 'progressing'
  #dialog: Electron.SaveDialogOptions = {}
  #received = 0
  #total = 0

  constructor(url: string, name: string) {
    super()
    this.#url = url
    this.#name = name
  }

  getURL(): string {
    return this.#url
  }
  getURLChain(): string[] {
    return [this.#url]
  }
  getFilename(): string {
    return this.#name
  }
  getMimeType(): string {
    return ''
  }
  getReceivedBytes(): number {
    return this.#received
  }
  getTotalBytes(): number {
    return this.#total
  }
  getState(): string {
    return this.#state
  }
  setSavePath(path: string): void {
    this.savePath = path
  }
  getSavePath(): string {
    return this.savePath
  }
  setSaveDialogOptions(options: Electron.SaveDialogOptions): void {
    this.#dialog = options
  }
  getSaveDialogOptions(): Electron.SaveDialogOptions {
    return this.#dialog
  }
  cancel(): void {
    this.end('cancelled')
  }

  /** The stand-in's own. */
  progressed(received: number, total: number): void {
    this.#received = received
    this.#total = total
    this.emit('updated', preventable(), 'progressing')
  }

  end(state: 'completed' | 'cancelled' | 'interrupted'): void {
    if (this.#state !== 'progressing') return
    this.#state = state
    note('download.done', { name: this.#name, state, path: this.savePath })
    this.emit('done', preventable(), state)
  }

  async save(file: string): Promise<void> {
    if (this.savePath === '') {
      const { canceled, filePath } = await dialog.showSaveDialog(this.#dialog)
      if (canceled || filePath === '') return this.end('cancelled')
      this.savePath = filePath
    }
    try {
      copyFileSync(file, this.savePath)
      this.end('completed')
    } catch {
      this.end('interrupted')
    }
  }
}

export function followDownloads(chromium: Chromium): void {
  const folder = join(standInSettings.folder, 'downloads-received')
  mkdirSync(folder, { recursive: true })
  const items = new Map<string, DownloadItem>()
  const behaviour = { behavior: 'allowAndName', downloadPath: folder, eventsEnabled: true }
  void chromium.send('Browser.setDownloadBehavior', behaviour)
  chromium.events.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename }) => {
    const item = new DownloadItem(toProduct(String(url)), basename(String(suggestedFilename)))
    const event = preventable()
    Session.defaultSession.emit('will-download', event, item, WebContents.getAllWebContents()[0])
    note('session.will-download', {
      url: item.getURL(),
      name: item.getFilename(),
      prevented: event.defaultPrevented,
    })
    if (event.defaultPrevented) void chromium.send('Browser.cancelDownload', { guid })
    else items.set(String(guid), item)
  })
  chromium.events.on('Browser.downloadProgress', ({ guid, totalBytes, receivedBytes, state, filePath }) => {
    const item = items.get(String(guid))
    if (item === undefined) return
    if (state === 'inProgress') return item.progressed(Number(receivedBytes), Number(totalBytes))
    items.delete(String(guid))
    // Whoever else steers this Chromium may have named another folder.
    if (state === 'completed')
      void item.save(typeof filePath === 'string' ? filePath : join(folder, String(guid)))
    else item.end('cancelled')
  })
}
