import { join } from 'node:path'
import { app, type BrowserWindow, type DownloadItem, dialog, type Session } from 'electron'
import type { Log } from '../core/host.ts'
import { safeFileName } from './file-names.ts'
import { isDeskAddress } from './origin.ts'
import { type ShellLanguage, say } from './texts.ts'

export interface DownloadsDeps {
  window(): BrowserWindow | null
  language(): ShellLanguage
  log: Pick<Log, 'info' | 'warn'>
}

/** What the desk lets its owner save: exports and papers, to a place of their choice. Nothing else is ever written. */
export function followDownloads(session: Session, deps: DownloadsDeps): void {
  session.on('will-download', (event, item) => {
    if (!item.getURLChain().every(isFile)) {
      event.preventDefault()
      deps.log.warn('download.refused')
      return
    }
    const name = safeFileName(item.getFilename())
    item.setSaveDialogOptions({
      defaultPath: join(app.getPath('downloads'), name),
      buttonLabel: say(deps.language(), 'dialog.save'),
    })
    follow(item, name, deps)
  })
}

/** A file of the desk itself, or one that its page made of what it shows. */
function isFile(address: string): boolean {
  return isDeskAddress(address.startsWith('blob:') ? address.slice('blob:'.length) : address)
}

function follow(item: DownloadItem, name: string, { window, language, log }: DownloadsDeps): void {
  item.on('updated', (_event, state) => {
    // More than 1 shows that it goes on where nobody knows how far it is.
    const total = item.getTotalBytes()
    if (state === 'progressing') window()?.setProgressBar(total > 0 ? item.getReceivedBytes() / total : 2)
  })
  item.once('done', (_event, state) => {
    window()?.setProgressBar(-1)
    log.info('download.done', { state })
    // Cancelled by the owner: they know. What waits for an answer here would keep customers waiting too.
    if (state === 'interrupted')
      dialog
        .showMessageBox({
          type: 'error',
          title: 'Mostrador',
          message: say(language(), 'dialog.not_saved'),
          detail: say(language(), 'dialog.not_saved_body', { name }),
        })
        .catch(() => log.warn('download.not_told'))
  })
}
