import type { AttachmentKind } from './channel.ts'

const megabyte = 1024 * 1024

/** Largest files that are fetched, in bytes: Telegram gives a bot up to 20 MB, and nothing larger is asked for anywhere. */
const limits: Readonly<Record<AttachmentKind, number>> = {
  photo: 20 * megabyte,
  document: 20 * megabyte,
  video: 20 * megabyte,
  voice: 16 * megabyte,
  sticker: 2 * megabyte,
  other: 20 * megabyte,
  location: 0,
}

export function largestFile(kind: AttachmentKind): number {
  return limits[kind]
}

/** Pictures that every browser shows. */
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])
/** Speech comes in containers that also hold moving pictures. */
const spoken = /^(?:audio\/|video\/(?:mp4|ogg|webm)|application\/ogg)/

/**
 * What a file is, by its content: a "photo" that is a PDF is a document, and a picture that was sent as a file is shown
 * as one. What the sender says decides only between kinds that the content allows.
 * @param mime told by the content
 */
export function kindOf(claimed: AttachmentKind, mime: string): AttachmentKind {
  if (claimed === 'voice' && spoken.test(mime)) return 'voice'
  if (claimed === 'sticker' && /^(?:image\/|video\/webm|application\/gzip)/.test(mime)) return 'sticker'
  if (pictures.has(mime)) return 'photo'
  if (mime.startsWith('video/')) return 'video'
  return 'document'
}
