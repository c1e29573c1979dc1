import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { App } from '../core/app.ts'
import { isDomainError } from '../core/errors.ts'

const exportPath = /^\/export\/([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/([0-9a-f-]{36})$/

/** Answers `GET /export/<shop>/<downloadId>`: a finished export, once. False when there is none. Who may ask has been checked. */
export async function serveExport(
  app: App,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<boolean> {
  const [, slug, downloadId] = exportPath.exec(pathname) ?? []
  if (slug === undefined || downloadId === undefined || request.method !== 'GET') return false
  const file = takeFile(app, slug, downloadId)
  if (file === null) return false
  try {
    const { size } = await stat(file.path)
    response.writeHead(200, {
      'Content-Type': file.fileName.endsWith('.xlsx')
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
      'Content-Length': size,
      'Content-Disposition': `attachment; filename="${file.fileName}"`,
      'Cache-Control': 'no-store',
    })
    await pipeline(createReadStream(file.path), response).catch(() => response.destroy())
  } finally {
    await file.release()
  }
  return true
}

function takeFile(app: App, slug: string, downloadId: string) {
  try {
    return app.shops.open(slug).exports.take(downloadId)
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
