import { z } from 'zod'
import { deskCall, done, idSchema, instantSchema, ownerCall } from './base.ts'

/** What a password must be; longer is better than stranger. */
export const passwordSchema = z.string().min(10).max(200)

/** Who may open the desk from where. The owner's alone, but for one's own password and sessions. */
export const access = {
  state: deskCall.output(
    z.object({
      /** Whether this host is reached from other computers of the network (`--lan`), and under which addresses. */
      lan: z.object({
        on: z.boolean(),
        /** `https://192.168.1.20:4780` */
        addresses: z.array(z.string()),
        /** SHA-256 of the certificate, `AB:CD:…`, to compare with what a browser shows; null without TLS. */
        fingerprint: z.string().nullable(),
      }),
      people: z.array(
        z.object({
          id: idSchema,
          name: z.string(),
          role: z.enum(['owner', 'staff']),
          hasPassword: z.boolean(),
        }),
      ),
      sessions: z.array(
        z.object({
          id: idSchema,
          personId: idSchema,
          /** The session that asks. */
          own: z.boolean(),
          startedAt: instantSchema,
          usedAt: instantSchema,
          /** What the browser called itself, shortened; empty when unknown. */
          browser: z.string(),
        }),
      ),
    }),
  ),
  /** Sets a person's password and ends their other sessions. `current` is needed to change one's own. Throws `access.password_weak`, `access.wrong_password`, `person.not_found`. */
  setPassword: deskCall
    .input(
      z.object({ personId: idSchema, password: passwordSchema, current: z.string().max(200).optional() }),
    )
    .output(done),
  /** They can no longer sign in with a password; their sessions end. */
  removePassword: ownerCall.input(z.object({ personId: idSchema })).output(done),
  endSession: deskCall.input(z.object({ id: idSchema })).output(done),
}
