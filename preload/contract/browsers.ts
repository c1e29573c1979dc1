import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { deskCall, done, ownerCall } from './base.ts'

const foundBrowserSchema = z.object({
  /** Absolute path of what is started. */
  path: z.string(),
  name: z.enum(['Google Chrome', 'Microsoft Edge', 'Chromium', 'Chrome for Testing', 'Brave']),
  source: z.enum(['chosen', 'installed', 'downloaded']),
  /** Null until it has been started once. */
  version: z.string().nullable(),
})
export type FoundBrowser = z.output<typeof foundBrowserSchema>

const browserDownloadSchema = z.object({
  state: z.enum(['none', 'running', 'done', 'failed']),
  /** What a running one does; `waiting`: the connection broke, and it is tried again by itself. */
  step: z.enum(['fetching', 'waiting', 'unpacking', 'checking']).nullable(),
  bytes: z.number(),
  /** Null until the server has said it. */
  totalBytes: z.number().nullable(),
  /** A code (`browser.download_failed`, `browser.not_usable`, `browser.download_running`, `shop.no_rights`) and the reason in its data. */
  error: z.object({ code: z.string(), reason: z.string().nullable() }).nullable(),
})
export type BrowserDownload = z.output<typeof browserDownloadSchema>

/** Browsers of this computer, one of which drives WhatsApp Web; all shops share them. */
export const browsers = {
  list: deskCall.input(z.object({})).output(
    z.object({
      /** In the order in which they are tried. */
      browsers: z.array(foundBrowserSchema),
      /** The owner's own path, whether something is there or not. */
      chosen: z.string().nullable(),
      download: browserDownloadSchema,
      /** False where no build exists for this computer. */
      canDownload: z.boolean(),
    }),
  ),
  /** Starts it once and remembers it; null forgets it. The owner's alone. Throws `browser.not_usable {path, reason}`, `input.invalid`. */
  choose: ownerCall.input(z.object({ path: z.string().min(1).max(4096).nullable() })).output(done),
  /** The one that will be used: started, should it not have been yet. Throws `browser.not_found`. */
  check: ownerCall
    .input(z.object({}))
    .output(z.object({ path: z.string(), version: z.string(), userAgent: z.string() })),
  /** Begins and answers at once. Throws `browser.no_download`, `browser.download_running`. */
  download: ownerCall.input(z.object({})).output(browserDownloadSchema),
  /** Answers when nothing of it is left. */
  cancelDownload: ownerCall.input(z.object({})).output(done),
  /** The download as it is, and each change of it. */
  progress: deskCall.input(z.object({})).output(eventIterator(browserDownloadSchema)),
}
