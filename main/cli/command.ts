import type { Command } from 'commander'
import type { Log } from '../core/host.ts'
import type { Output } from './output.ts'

/** Options that every command takes. */
export interface CommonOptions {
  data?: string
  shop?: string
  json?: boolean
}

export interface CommandContext {
  data: string
  shop: string | undefined
  output: Output
  log: Log
}

/** Adds the common options to a command and runs it with what they mean. The work answers an exit code, or none for 0. */
export type Run = (
  command: Command,
  work: (
    context: CommandContext,
    options: Record<string, unknown>,
    args: string[],
  ) => Promise<number | undefined>,
) => Command
