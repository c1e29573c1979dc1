import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Served } from '../hosting/served.ts'

export function pathOf(request: IncomingMessage): { pathname: string; searchParams: URLSearchParams } {
  const base = 'http://127.0.0.1'
  return URL.parse(request.url ?? '/', base) ?? new URL(base)
}

export async function sendServed(response: ServerResponse, { status, headers, body }: Served): Promise<void> {
  response.writeHead(status, headers)
  if (body === null) response.end()
  else await pipeline(body, response).catch(() => response.destroy())
}

export function sendJson(response: ServerResponse, status: number, data: unknown): void {
  // The rest of a refused upload is not read; the connection cannot serve another request.
  const headers = status >= 400 ? { Connection: 'close' } : {}
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(JSON.stringify(data))
}
