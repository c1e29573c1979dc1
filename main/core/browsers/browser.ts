import type { ErrorCode } from '../errors.ts'

export type BrowserName = 'Google Chrome' | 'Microsoft Edge' | 'Chromium' | 'Chrome for Testing' | 'Brave'

/** A browser of this computer that could drive a web page for the shop. It is there; whether it works is for `verify`. */
export interface FoundBrowser {
  /** Absolute path of what is started. */
  path: string
  name: BrowserName
  source: 'chosen' | 'installed' | 'downloaded'
  /** As it said of itself when it was last started by this process; null before. */
  version: string | null
}

/** A browser that was started and answered. */
export interface VerifiedBrowser {
  path: string
  /** As its user agent says it: `156.0.0.0`. */
  version: string
  /** What it calls itself to web pages, without a word of being headless. */
  userAgent: string
}

/** Why a path is no browser that can be used: data of `browser.not_usable`. */
export type NotUsable = 'missing' | 'not_executable' | 'does_not_start' | 'no_answer' | 'not_chrome'

/** Why a download ended without a browser: data of `browser.download_failed`. */
export type DownloadFailure = 'connection' | 'stalled' | 'no_space' | 'damaged' | 'refused'

/** The download of a browser as people see it. */
export interface BrowserDownload {
  state: 'none' | 'running' | 'done' | 'failed'
  /** What a running one does; `waiting`: the connection broke, and it is tried again by itself. */
  step: 'fetching' | 'waiting' | 'unpacking' | 'checking' | null
  bytes: number
  /** Null until the server has said it. */
  totalBytes: number | null
  /** Of a failed one. `reason` is that of the code's data; null where the code has none. */
  error: { code: ErrorCode; reason: DownloadFailure | NotUsable | null } | null
}

/** `browsers`: another one was chosen or has arrived, or the chosen one is none any more. */
export type BrowserChange = { kind: 'browsers' } | { kind: 'download'; download: BrowserDownload }
