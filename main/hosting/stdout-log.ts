import pino from 'pino'
import { asLog, type FileLog } from './log.ts'

/** JSON lines on stdout, for whoever collects the output of services. Nothing is held back, and no file is written. */
export function stdoutLog(level: 'debug' | 'info' = 'info'): FileLog {
  const stream = pino.destination({ fd: 1, sync: true })
  // A closed pipe is no reason to stop serving.
  stream.on('error', () => undefined)
  const logger = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, stream)
  return { ...asLog(logger), flush: () => stream.flushSync(), close: async () => stream.flushSync() }
}
