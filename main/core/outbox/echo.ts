import type { InboundMessage, OutboundPayload } from '../channels/channel.ts'

/** What an own message says, wherever it was written. */
export type Said = Pick<InboundMessage, 'text' | 'attachments'>

/**
 * Whether an own message that the platform shows may be this part: the same kind of thing with the same words, however
 * the platform sets blanks and line breaks.
 */
export function isSame(payload: OutboundPayload, said: Said): boolean {
  const [file] = said.attachments
  if (payload.type === 'text') return file === undefined && plain(payload.text) === plain(said.text)
  if (file === undefined || plain(payload.caption) !== plain(said.text)) return false
  if (payload.type === 'photo') return file.kind === 'photo'
  if (file.kind !== 'document') return false
  return file.name === undefined || plain(file.name) === plain(payload.name)
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
