import { z } from 'zod'

/** Ids come as text or as the site's objects, by the way that they took out of the page. */
const wid = z.union([z.string(), z.object({ _serialized: z.string() }).transform((id) => id._serialized)])
const text = z.string().optional().catch(undefined)
const number = z.number().optional().catch(undefined)

const key = z
  .object({
    fromMe: z.boolean(),
    remote: wid,
    id: z.string().min(1),
    participant: wid.nullish().catch(undefined),
    _serialized: text,
    $1: text,
  })
  .transform(({ fromMe, remote, id, participant, _serialized, $1 }) => ({
    fromMe,
    chatId: remote,
    bare: id,
    participant: participant ?? null,
    whole: _serialized ?? $1 ?? [fromMe, remote, id, ...(participant ? [participant] : [])].join('_'),
  }))

/** A message as the library hands it over, reduced to what is used. Every word in it is somebody else's. */
export const libraryMessageSchema = z.object({
  id: key,
  type: z.string(),
  /** Seconds since 1970. */
  t: z.number(),
  from: wid.optional().catch(undefined),
  to: wid.optional().catch(undefined),
  author: wid.nullish().catch(undefined),
  ack: number,
  body: text,
  caption: text,
  notifyName: text,
  pollName: text,
  mimetype: text,
  filename: text,
  size: number,
  lat: number,
  lng: number,
  loc: text,
  vcardFormattedName: text,
  quotedStanzaID: text,
  quotedParticipant: wid.nullish().catch(undefined),
  mentionedJidList: z.array(wid).catch([]),
  latestEditSenderTimestampMs: number,
  latestEditMsgKey: z.unknown().optional(),
  protocolMessageKey: key.optional().catch(undefined),
  isStatusV3: z.boolean().optional().catch(undefined),
})
export type LibraryMessage = z.output<typeof libraryMessageSchema>

/** Null for what is no message that anybody could answer. */
export function readLibraryMessage(raw: unknown): LibraryMessage | null {
  const parsed = libraryMessageSchema.safeParse(raw)
  return parsed.success ? parsed.data : null
}
