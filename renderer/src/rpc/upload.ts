import { ORPCError } from '@orpc/client'
import { NotConnectedError } from './connection.ts'

/** Streams a file to the host; answers the id under which a call can use it. */
export async function uploadFile(file: File, signal: AbortSignal): Promise<string> {
  let response: Response
  try {
    response = await fetch(new URL('upload', document.baseURI), {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw error
    throw new NotConnectedError()
  }
  const body: unknown = await response.json().catch(() => null)
  const field = (name: string): unknown =>
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  const uploadId = field('uploadId')
  if (response.ok && typeof uploadId === 'string') return uploadId
  const code = field('code')
  throw new ORPCError('DOMAIN', {
    data: { code: typeof code === 'string' ? code : 'import.file_unreadable', data: {} },
  })
}

/** Address of stored media. */
export function mediaUrl(shop: string, hash: string): string {
  return new URL(`media/${encodeURIComponent(shop)}/${hash}`, document.baseURI).href
}
