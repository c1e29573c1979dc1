import type { FailureCode } from './protocol.ts'

/** Why an order could not be carried out, for the host. `message` is for logs only. */
export class Failure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.name = 'Failure'
    this.code = code
  }
}

/** What an error says, without the texts of a conversation: only its name and a short message. */
export function shortly(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : typeof error
}
