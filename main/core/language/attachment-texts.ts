import type { Language } from '../engines/engine.ts'

/** What came along with a message, as far as words tell it. */
export interface DescribedAttachment {
  kind: string
  /** As the sender named it: hostile text. */
  name?: string | null
  /** What a reader made of it, such as a transcript. */
  understood?: string | null
}

const words: Record<Language, Record<string, string | undefined> & { other: string }> = {
  es: {
    photo: 'foto',
    voice: 'nota de voz',
    video: 'vídeo',
    document: 'documento',
    location: 'ubicación',
    sticker: 'sticker',
    other: 'archivo',
  },
  en: {
    photo: 'photo',
    voice: 'voice note',
    video: 'video',
    document: 'document',
    location: 'location',
    sticker: 'sticker',
    other: 'file',
  },
}

const longestName = 80
const longestReading = 2_000

/** A short stand-in for what came along: "[foto]", "[documento: factura.pdf]". Nothing in a name can end it or begin another. */
export function attachmentText(language: Language, attachment: DescribedAttachment): string {
  const { kind, name, understood } = attachment
  const said = understood?.trim()
  const more = said ? plain(said, longestReading) : plain(name ?? '', longestName)
  const word = words[language][kind] ?? words[language].other
  return more === '' ? `[${word}]` : `[${word}: ${more}]`
}

/** A message's words with what came along before them. A sticker says no more than its emoji. */
export function withAttachments(
  language: Language,
  text: string,
  attachments: readonly DescribedAttachment[],
): string {
  const shown = attachments.filter(({ kind }) => kind !== 'sticker' || text.trim() === '')
  return [...shown.map((attachment) => attachmentText(language, attachment)), text]
    .filter((part) => part.trim() !== '')
    .join('\n')
}

function plain(text: string, longest: number): string {
  const line = text
    .replace(/[[\]]/g, (bracket) => (bracket === '[' ? '(' : ')'))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`
}
