import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { currentState, note, perform } from './journal.ts'
import { standInSettings } from './settings.ts'

/** The address of this process's control endpoint; the next process overwrites it. */
export const controlFile = join(standInSettings.folder, 'control.json')

/** `GET /state` shows, `POST /act {name, …}` touches; both want the token of `control.json`. */
export function listenForControl(): void {
  const token = randomBytes(16).toString('hex')
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? null))
    }
    if (request.headers.authorization !== `Bearer ${token}`) return answer(403, 'a token is needed')
    if (request.url === '/state') return answer(200, currentState())
    actOn(request).then(
      (result) => answer(200, result),
      (error: unknown) => answer(500, error instanceof Error ? error.message : String(error)),
    )
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address === null || typeof address === 'string') return
    const control = { url: `http://127.0.0.1:${address.port}`, token, pid: process.pid }
    writeFileSync(controlFile, JSON.stringify(control))
    note('control.ready')
  })
  // The app ends when it wants to, not when a test has stopped looking.
  server.unref()
}

async function actOn(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const input: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  if (typeof input !== 'object' || input === null) throw new Error('an object is wanted')
  const { name, ...rest } = input as Record<string, unknown>
  return await perform(String(name), rest)
}
