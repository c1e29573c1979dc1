import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import roll from 'pino-roll'
import type { Log } from '../core/host.ts'

export interface FileLog extends Log {
  /** Writes what is held back at once, for a process that is about to die. */
  flush(): void
  /** Writes what is held back; the log takes nothing afterwards. */
  close(): Promise<void>
}

/**
 * Fields that never reach the file, at whatever depth of the data they stand: what people wrote and what opens doors.
 * Call sites leave them out; this is the net under them.
 */
const secretKeys = new Set([
  'text',
  'texts',
  'caption',
  'body',
  'message_text',
  'draft',
  'reply',
  'token',
  'authorization',
  'cookie',
  'passphrase',
  'secret',
  'key',
  'launchurl',
  'phone',
  'email',
])
const removed = '[removed]'
/** A Telegram bot token, wherever it turns up (grammY puts it into the URLs of its errors). */
const botToken = /\d{6,}:[A-Za-z0-9_-]{30,}/g
/** A launch or door token in a URL or header. */
const bearer = /((?:token=|bearer\s+))[A-Za-z0-9_-]{20,}/gi
const longestText = 4_000
const deepest = 6

/**
 * JSON lines in `<data>/logs`, rolled daily and at 10 MB; the newest 14 files are kept. What cannot be written, on a full
 * disk or after the log was closed, is lost and ends nothing.
 */
export async function openLog(dataFolder: string, level: 'debug' | 'info' = 'info'): Promise<FileLog> {
  const folder = join(dataFolder, 'logs')
  mkdirSync(folder, { recursive: true })
  const stream = await roll({
    file: join(folder, 'mostrador'),
    extension: '.log',
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    size: '10m',
    limit: { count: 13, removeOtherLogFiles: true },
    mode: 0o600,
  })
  // An error that nobody hears ends the process.
  stream.on('error', () => undefined)
  let isClosed = false
  const write = (line: string) => {
    if (!isClosed) stream.write(line)
  }
  const logger = pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    { write },
  )
  const flush = () => {
    try {
      if (!isClosed) stream.flushSync()
    } catch {
      // The disk is full, or the file is not open yet.
    }
  }
  const close = async () => {
    if (isClosed) return
    isClosed = true
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    stream.once('close', resolve)
    stream.once('error', () => {
      stream.destroy()
      resolve()
    })
    stream.end()
    await closed
  }
  return { ...asLog(logger), flush, close }
}

export function asLog(logger: Logger): Log {
  return {
    debug: (event, data) => logger.debug(redacted(data), event),
    info: (event, data) => logger.info(redacted(data), event),
    warn: (event, data) => logger.warn(redacted(data), event),
    error: (event, data) => logger.error(redacted(data), event),
    child: (bindings) => asLog(logger.child(redacted(bindings))),
  }
}

/** A copy of log data without what must not be written down. */
export function redacted(data: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, clean(key, value, 0)]))
}

function clean(key: string, value: unknown, depth: number): unknown {
  if (secretKeys.has(key.toLowerCase())) return removed
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return removed
  if (value instanceof Error) {
    return { name: value.name, message: cleanText(value.message), stack: cleanText(value.stack ?? '') }
  }
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => clean('', item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(name, item, depth + 1)]))
}

function cleanText(text: string): string {
  return text.slice(0, longestText).replace(botToken, removed).replace(bearer, `$1${removed}`)
}
