import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { DomainError, isDomainError } from '../core/errors.ts'
import type { Uploads } from '../hosting/uploads.ts'
import { type ShellLanguage, say } from './texts.ts'

/** Endings of the files that an import reads. */
const endings = ['csv', 'tsv', 'txt']

export interface ChooseFileDeps {
  uploads: Uploads
  window(): BrowserWindow | null
  language(): ShellLanguage
}

/**
 * Lets the owner choose a catalog with the system's dialog. The file becomes an upload of that session, as if it had
 * been dropped into the desk. Null when the dialog was closed.
 * @throws DomainError `import.file_unreadable {path}`, `upload.too_large`, `storage.full`
 */
export async function chooseCatalog(
  { uploads, window, language }: ChooseFileDeps,
  sessionId: string,
): Promise<{ uploadId: string; fileName: string; size: number } | null> {
  const owner = window()
  const options: Electron.OpenDialogOptions = {
    title: say(language(), 'dialog.choose_catalog'),
    properties: ['openFile'],
    filters: [
      { name: say(language(), 'dialog.catalogs'), extensions: endings },
      { name: say(language(), 'dialog.all_files'), extensions: ['*'] },
    ],
  }
  const { filePaths } =
    owner === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(owner, options)
  const [path] = filePaths
  return path === undefined ? null : await toUpload(uploads, path, sessionId)
}

async function toUpload(uploads: Uploads, path: string, sessionId: string) {
  const fileName = basename(path)
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new DomainError('import.file_unreadable', { path: fileName })
    const body = createReadStream(path)
    try {
      const received = await uploads.receive(body, { sessionId, fileName, declaredBytes: found.size })
      return { ...received, fileName }
    } finally {
      body.destroy()
    }
  } catch (error) {
    if (isDomainError(error)) throw error
    throw new DomainError('import.file_unreadable', { path: fileName }, { cause: error })
  }
}
