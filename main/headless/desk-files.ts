import { existsSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { sendPage } from './pages.ts'

/**
 * Serves the built desk. The list of files is read once, at start: no path of a request ever reaches the file system.
 * File names under `assets/` carry a hash of their content.
 */
export function serveDesk(folder: string): RequestListener {
  if (!existsSync(join(folder, 'index.html'))) {
    return (request, response) => sendPage(response, 503, 'not_built', request.headers['accept-language'])
  }
  const serve = sirv(folder, {
    etag: true,
    dotfiles: false,
    setHeaders(response, pathname) {
      const hashed = pathname.startsWith('/assets/')
      response.setHeader('Cache-Control', hashed ? 'private, max-age=31536000, immutable' : 'no-store')
    },
  })
  return (request, response) =>
    serve(request, response, () => sendPage(response, 404, 'not_found', request.headers['accept-language']))
}
