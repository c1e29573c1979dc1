declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events'
  import type { DestinationStream } from 'pino'

  interface RollOptions {
    file: string
    extension?: string
    frequency?: 'daily' | 'hourly' | number
    dateFormat?: string
    size?: string | number
    limit?: { count?: number; removeOtherLogFiles?: boolean }
    mkdir?: boolean
    mode?: number
  }

  /** A SonicBoom stream. */
  interface RollStream extends DestinationStream, EventEmitter {
    end(): void
    destroy(): void
    flushSync(): void
  }

  export default function roll(options: RollOptions): Promise<RollStream>
}
