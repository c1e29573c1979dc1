import type { Api } from 'grammy'
import { DomainError } from '../../errors.ts'
import { webRequest } from '../../web-request.ts'
import { fileUrl } from './endpoint.ts'
import { describe, networkCode, toFailure } from './failure.ts'

interface Source {
  api: Api
  apiRoot: string
  token: string
}

/**
 * Opens a file that a customer sent (up to 20 MB: the Bot API's limit).
 * @throws DomainError `media.unavailable` and `media.too_large` for good, `channel.unreachable` for now; also while reading
 */
export async function openFile(
  source: Source,
  reference: Record<string, string | number>,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { fileId } = reference
  if (typeof fileId !== 'string') throw new DomainError('media.unavailable', { detail: 'no file' })
  const path = await findPath(source.api, fileId)
  const response = await webRequest(fileUrl(source.apiRoot, source.token, path), { signal }).catch(
    (error: unknown) => {
      throw new DomainError('channel.unreachable', { detail: networkCode(error) })
    },
  )
  if (response.ok && response.body !== null) return readBody(response.body)
  await response.body?.cancel()
  const detail = `http.${response.status}`
  if (response.status === 404 || response.status === 410)
    throw new DomainError('media.unavailable', { detail })
  throw new DomainError('channel.unreachable', { detail })
}

async function findPath(api: Api, fileId: string): Promise<string> {
  const file = await api.getFile(fileId).catch((error: unknown) => {
    const failure = toFailure(error)
    const detail = describe(failure)
    if (failure.kind === 'refused' && /too big/i.test(failure.description)) {
      throw new DomainError('media.too_large', { detail })
    }
    if (failure.kind === 'refused' && failure.code === 400)
      throw new DomainError('media.unavailable', { detail })
    throw new DomainError('channel.unreachable', { detail })
  })
  // A self-hosted server in local mode names a path on its own disk, which is none of ours to read.
  if (file.file_path === undefined || file.file_path.startsWith('/')) {
    throw new DomainError('media.unavailable', { detail: 'no path' })
  }
  return file.file_path
}

async function* readBody(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw new DomainError('channel.unreachable', { detail: networkCode(error) })
  }
}
