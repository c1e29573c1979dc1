import { z } from 'zod'
import { deskCall, done, doorCall, idSchema, languageSchema, openCall, ownerCall } from './base.ts'

export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: z.enum(['owner', 'staff']),
  /** Language of the desk for this person; null follows the browser. */
  language: languageSchema.nullable(),
})
export type Person = z.output<typeof personSchema>

export const session = {
  /** Who calls. `person` is null when nobody is signed in: the screen then says how to get a fresh link. */
  me: openCall.output(
    z.object({
      person: personSchema.nullable(),
      via: z.enum(['desk', 'door', 'none']),
      instanceId: z.string(),
    }),
  ),
  /** Changes the signed-in person's own name and language. */
  update: deskCall
    .input(
      z.object({
        name: z.string().trim().min(1).max(80).optional(),
        language: languageSchema.nullable().optional(),
      }),
    )
    .output(personSchema),
  /** People of the shop, to whom conversations can be assigned. */
  people: deskCall.output(z.array(personSchema)),
  /** A clerk, to whom conversations can be assigned; they sign in once they have a password. */
  addPerson: ownerCall.input(z.object({ name: z.string().trim().min(1).max(80) })).output(personSchema),
  /** Their conversations stay; nobody has them then. Throws `conflict` for the owner. */
  removePerson: ownerCall.input(z.object({ id: idSchema })).output(done),
  /** Ends this session; its cookie is worthless afterwards. */
  logout: deskCall.output(done),
  /** A fresh link that signs one browser in: single use, 60 seconds. */
  launchUrl: doorCall.output(z.object({ url: z.string(), launchUrl: z.string() })),
}
