import { z } from 'zod'
import { deskCall, errorDataSchema, instantSchema, ownerCall } from './base.ts'

export const checkSchema = z.object({
  /** `node`, `data_folder`, `disk_space`, `shop`, `search`, `channel`, `desk`… */
  id: z.string(),
  shop: z.string().nullable(),
  state: z.enum(['ok', 'warning', 'failed']),
  /** Error code when it is not ok. */
  code: z.string().nullable(),
  data: errorDataSchema,
})
export type Check = z.output<typeof checkSchema>

export const system = {
  info: deskCall.output(
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'headless', 'cli', 'test']),
      node: z.string(),
      platform: z.string(),
      dataFolder: z.string(),
      startedAt: instantSchema,
      /** Resident memory in bytes. */
      memory: z.int(),
    }),
  ),
  doctor: ownerCall.output(z.object({ ok: z.boolean(), checks: z.array(checkSchema) })),
}
