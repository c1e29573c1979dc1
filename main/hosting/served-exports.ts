import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { App } from '../core/app.ts'
import { isDomainError } from '../core/errors.ts'
import type { FileRequest, Served } from './served.ts'

const exportPath = /^\/export\/([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/([0-9a-f-]{36})$/

/** Answers `GET /export/<shop>/<downloadId>`: a finished export, once. Null when there is none. */
export async function serveExport(app: App, request: FileRequest): Promise<Served | null> {
  const [, slug, downloadId] = exportPath.exec(request.pathname) ?? []
  if (slug === undefined || downloadId === undefined || request.method !== 'GET') return null
  const file = takeFile(app, slug, downloadId)
  if (file === null) return null
  try {
    const { size } = await stat(file.path)
    const body = createReadStream(file.path)
    // However it ends, also by a reader that goes away.
    body.once('close', () => void file.release())
    return {
      status: 200,
      headers: {
        'Content-Type': file.fileName.endsWith('.xlsx')
          ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
          : 'text/csv; charset=utf-8',
        'Content-Length': String(size),
        'Content-Disposition': `attachment; filename="${file.fileName}"`,
        'Cache-Control': 'no-store',
      },
      body,
    }
  } catch (error) {
    await file.release()
    throw error
  }
}

function takeFile(app: App, slug: string, downloadId: string) {
  try {
    return app.shops.open(slug).exports.take(downloadId)
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
