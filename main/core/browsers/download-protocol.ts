import { z } from 'zod'

/** What the process that fetches a browser is told, and what it says: JSON, checked on both sides. */

export const downloadPlatforms = ['linux', 'mac', 'mac_arm', 'win32', 'win64'] as const
export type DownloadPlatform = (typeof downloadPlatforms)[number]

const order = z.object({
  /** Absolute, and new: nobody else writes there. */
  folder: z.string().min(1),
  platform: z.enum(downloadPlatforms),
  /** A mirror with the same paths; null for where the builds are published. */
  endpoint: z.string().nullable(),
  /** Fetched when `latest` is not wanted or cannot be found out. */
  build: z.string().min(1),
  latest: z.boolean(),
})
export type DownloadOrder = z.infer<typeof order>

export function readOrder(argument: string | undefined): DownloadOrder {
  return order.parse(JSON.parse(argument ?? ''))
}

const bytes = z.number().min(0)

const fromProcess = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fetching'), bytes, total: bytes.nullable() }),
  z.object({ type: z.literal('unpacking') }),
  z.object({ type: z.literal('done'), build: z.string().min(1), executable: z.string().min(1) }),
  z.object({
    type: z.literal('failed'),
    reason: z.enum(['connection', 'no_space', 'damaged', 'refused']),
    /** Worth another try. */
    passing: z.boolean(),
    /** For the log. */
    detail: z.string(),
  }),
])
export type FromDownload = z.infer<typeof fromProcess>

/** Null for what is no message of this protocol. */
export function readFromDownload(message: unknown): FromDownload | null {
  const { success, data } = fromProcess.safeParse(message)
  return success ? data : null
}
