import { ORPCError } from '@orpc/client'
import { isDomainError } from '../core/errors.ts'
import { exitCode } from '../headless/exit-codes.ts'
import { type CliLanguage, errorText } from './texts.ts'

/** Where a command writes: JSON lines on stdout for programs, or text for people. Logs and errors go to stderr. */
export interface Output {
  readonly json: boolean
  readonly language: CliLanguage
  /** A result: one JSON line, or its text. */
  result(value: unknown, text: string): void
  /** Progress and hints: only for programs that read every line, or people who watch. */
  note(value: unknown, text: string | null): void
}

export function createOutput(json: boolean, language: CliLanguage): Output {
  return {
    json,
    language,
    result: (value, text) => writeLine(json ? jsonLine(value) : harmless(text)),
    note: (value, text) => {
      if (json) writeLine(jsonLine(value))
      else if (text !== null && process.stderr.isTTY) process.stderr.write(`${harmless(text)}\n`)
    },
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/**
 * A text that may hold words of customers, without what would steer a terminal or turn the direction of writing. Line
 * breaks and tabs stay.
 */
function harmless(text: string): string {
  return text.replace(steering, '')
}

/** One line of JSON; what would steer a terminal is escaped, so that a program reads it as it is. */
function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    steering,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A cell of a row of columns: nothing in it begins another row or column. */
export function cellText(text: string): string {
  return text.replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
}

function writeLine(line: string): void {
  if (line !== '') process.stdout.write(`${line}\n`)
}

/** Prints an error the way the reader asked for and returns the exit code. */
export function reportError(error: unknown, output: Output): number {
  const { code, data } = describe(error)
  if (output.json) writeJsonError(code, data)
  else process.stderr.write(`${harmless(errorText(code, data, output.language))}\n`)
  if (code === 'internal' && process.env.MOSTRADOR_DEBUG !== undefined) console.error(error)
  return exitCode(code)
}

/** An error as programs read it: the last line on stdout. */
export function writeJsonError(code: string, data: Record<string, unknown>): void {
  process.stdout.write(`${jsonLine({ error: { code, data } })}\n`)
}

function describe(error: unknown): { code: string; data: Record<string, unknown> } {
  if (isDomainError(error)) return { code: error.code, data: error.data }
  if (error instanceof ORPCError && error.code === 'DOMAIN' && isCoded(error.data)) return error.data
  return { code: 'internal', data: { id: error instanceof Error ? error.name : 'error' } }
}

function isCoded(value: unknown): value is { code: string; data: Record<string, unknown> } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'data' in value
  )
}
