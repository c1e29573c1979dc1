/** What may go with a message: pictures that every messenger shows, and PDFs. */
export const attachable = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const

/** Bytes. What WhatsApp takes of a picture; the app looks again at what a file really is. */
export const largestAttachment = 16 * 1024 * 1024

/** Why a file cannot be attached, null when it can. */
export function attachProblem(file: { type: string; size: number }): 'type' | 'size' | 'empty' | null {
  if (!attachable.some((type) => type === file.type)) return 'type'
  if (file.size === 0) return 'empty'
  return file.size > largestAttachment ? 'size' : null
}
