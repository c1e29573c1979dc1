import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Platform } from './platform.ts'

/** What a page is told when it is served. */
export interface PageSettings {
  idMode: '_serialized' | '$1'
  silentSync: boolean
  syncMs: number
  hideSends: boolean
}

/** Serves the site's pages, and media both ways. */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  { platform, settings }: { platform: Platform; settings: PageSettings },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://web.whatsapp.com')
  response.setHeader('cache-control', 'no-store')
  if (url.pathname === '/media' && request.method === 'POST') {
    await takeMedia(request, response, platform)
  } else if (url.pathname.startsWith('/media/')) {
    giveMedia(url.pathname, request, response, platform)
  } else if (/^\/page\/[a-z]+\.js$/.test(url.pathname)) {
    const script = readFileSync(new URL(`.${url.pathname}`, import.meta.url))
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
  } else if (url.pathname === '/') {
    platform.log.add({
      kind: 'page',
      path: url.pathname + url.search,
      userAgent: request.headers['user-agent'] ?? '',
    })
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(startPage(settings))
  } else if (url.pathname === '/frame') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>A frame.</p>')
  } else {
    response.writeHead(404).end()
  }
}

function startPage(settings: PageSettings): string {
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>WhatsApp</title></head>
<body>
<div id="app"></div>
<script id="settings" type="application/json">${json}</script>
<script type="module" src="/page/start.js"></script>
</body>
</html>
`
}

async function takeMedia(
  request: IncomingMessage,
  response: ServerResponse,
  platform: Platform,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const content = Buffer.concat(chunks)
  const directPath = platform.keepMedia(content, request.headers['content-type'] ?? '')
  platform.log.add({ kind: 'uploaded', path: directPath, size: content.length })
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ directPath }))
}

function giveMedia(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  platform: Platform,
): void {
  const file = platform.media.get(path)
  if (file === undefined) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  platform.log.add({ kind: 'downloaded', path, size: file.content.length })
  response.end(file.content)
}
