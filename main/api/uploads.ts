import { createReadStream } from 'node:fs'
import type { OwnFile } from '../core/conversations/conversation.ts'
import { DomainError } from '../core/errors.ts'
import type { Shop } from '../core/shops/shop.ts'
import { type ApiContext, signedIn } from './context.ts'

/**
 * Keeps an upload with the shop's files while `use` names it in the database; the upload is gone then. Where `use`
 * fails, the upload stays and the file goes, unless something else names it.
 * @throws DomainError `upload.not_found`, `media.type_refused`, `media.too_large`, and what `use` throws
 */
export async function keepUpload<T>(
  context: ApiContext,
  shop: Shop,
  uploadId: string,
  allowed: readonly string[],
  use: (file: OwnFile) => T,
): Promise<T> {
  const caller = signedIn(context)
  const upload = context.serving.upload(uploadId, caller.via === 'desk' ? caller.sessionId : 'door')
  if (upload === null) throw new DomainError('upload.not_found')
  const name = upload.fileName
  const stored = await shop.media.put(createReadStream(upload.path), { allowed, name })
  try {
    const result = use({ ...stored, name })
    upload.release()
    return result
  } catch (error) {
    await shop.media.removeUnused(shop.storage, [stored.hash])
    throw error
  }
}
