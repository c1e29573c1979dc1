import { z } from 'zod'

const minutes = z.number().int().min(5).max(10_080)

export const settingsSchema = z.object({
  disclosure: z.object({
    enabled: z.boolean(),
    es: z.string().trim().max(400),
    en: z.string().trim().max(400),
  }),
  handBackMinutes: minutes.nullable(),
  answerWithinMinutes: minutes,
  callOwner: z.object({ notification: z.boolean(), sound: z.boolean(), messenger: z.boolean() }),
  voiceNotes: z.enum(['ask_to_write', 'person']),
})

/** How the shop serves people on all its channels. Times are minutes; an empty text is the usual one. */
export type ServingSettings = z.output<typeof settingsSchema>

/** Where the owner has said nothing: half a day of quiet before the assistant comes back, two hours until an answer is old. */
export const defaultServingSettings: ServingSettings = {
  disclosure: { enabled: true, es: '', en: '' },
  handBackMinutes: 720,
  answerWithinMinutes: 120,
  callOwner: { notification: true, sound: true, messenger: true },
  voiceNotes: 'ask_to_write',
}
