import type { Duplex } from 'node:stream'

/** Time that a refusal has to leave, ms. */
const lastMs = 5_000

/**
 * Answers a connection for the last time and lets go of it, whether the other side hangs up or not: what has been handed
 * over for an upgrade, or speaks no HTTP, is under no limit of the server's any more.
 */
export function refuse(stream: Duplex, status: string): void {
  if (!stream.writable) {
    stream.destroy()
    return
  }
  const late = setTimeout(() => stream.destroy(), lastMs)
  stream.once('close', () => clearTimeout(late))
  stream.once('finish', () => stream.destroy())
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
