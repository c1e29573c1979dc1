import type { Readable } from 'node:stream'

/** An answer to a request for a file; each host sends it in its own way. */
export interface Served {
  status: number
  headers: Record<string, string>
  /** Null where there is nothing to send. */
  body: Readable | null
}

/** What a host passes on of a request whose caller has been checked. */
export interface FileRequest {
  method: string
  /** Of the address, still percent-encoded. */
  pathname: string
  /** The header `Range`. */
  range?: string | undefined
}
