/** A kept file, for whoever can make words of it. */
export interface ReadableFile {
  /** Absolute path; not to be changed. */
  path: string
  /** Told by its content. */
  mime: string
  /** Bytes. */
  size: number
  kind: 'voice' | 'photo' | 'document'
}

/**
 * Makes words of what customers send: speech, pictures, papers. The port for it; nothing here implements it yet. What it
 * gives is a customer's text, as hostile as any.
 */
export interface MediaReader {
  /** Null where there is nothing to be understood. May reject; the file counts as not understood then. */
  read(file: ReadableFile, signal: AbortSignal): Promise<{ text: string } | null>
}
