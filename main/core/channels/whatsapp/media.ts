import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShopClient } from './client.ts'
import { within } from './failure.ts'
import { describeMedia } from './page-chats.ts'

/** The largest file that is fetched, bytes. */
export const LARGEST_FILE = 20 * 1024 * 1024
const LOOK_LIMIT_MS = 15_000
const FETCH_LIMIT_MS = 90_000

export type Fetched = { path: string } | { reason: 'gone' | 'too_large' | 'later' }

/** Fetches the file of a message into `folder`. Its size is looked at before, as the sender says, and after. */
export async function fetchMedia(client: ShopClient, folder: string, messageId: string): Promise<Fetched> {
  const { page } = client
  const media = await within(LOOK_LIMIT_MS, page.evaluate(describeMedia, messageId)).catch(() => undefined)
  if (media === undefined) return { reason: 'later' }
  if (media === null) return { reason: 'gone' }
  if ((media.size ?? 0) > LARGEST_FILE) return { reason: 'too_large' }
  if (media.card !== null) return keep(folder, Buffer.from(media.card))
  const bytes = await within(FETCH_LIMIT_MS, download(client, messageId)).catch(() => undefined)
  if (bytes === undefined) return { reason: 'later' }
  if (bytes === null) return whyNot(client, messageId)
  return bytes.length > LARGEST_FILE ? { reason: 'too_large' } : keep(folder, bytes)
}

/** Null when there is nothing to be had. */
async function download(client: ShopClient, messageId: string): Promise<Buffer | null> {
  const message = await client.getMessageById(messageId)
  // The library says null or undefined where its types promise a message.
  if (message === null || message === undefined) return null
  Object.assign(message.id, { _serialized: messageId })
  const media = (await message.downloadMedia()) as { data: string } | undefined
  return media === undefined ? null : Buffer.from(media.data, 'base64')
}

async function whyNot(client: ShopClient, messageId: string): Promise<Fetched> {
  const media = await within(LOOK_LIMIT_MS, client.page.evaluate(describeMedia, messageId)).catch(() => null)
  const isUnderWay = media?.stage === 'REUPLOADING' || media?.stage === 'FETCHING'
  return { reason: isUnderWay ? 'later' : 'gone' }
}

async function keep(folder: string, bytes: Buffer): Promise<Fetched> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomUUID())
  await writeFile(path, bytes, { mode: 0o600 })
  return { path }
}
