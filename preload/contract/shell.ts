import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { deskCall, done, errorDataSchema, idSchema, instantSchema, ownerCall } from './base.ts'

const updateSchema = z.object({
  /** False where this installation cannot replace itself (headless, a package of the system's, a checkout). */
  supported: z.boolean(),
  /** Which releases are followed. */
  channel: z.enum(['stable', 'beta']),
  /** Whether a release is looked for and fetched without being asked. */
  automatic: z.boolean(),
  /** `ready`: fetched and checked; it is installed when the app quits. `waiting`: as soon as no customer is being answered. */
  state: z.enum(['idle', 'checking', 'downloading', 'ready', 'waiting', 'failed']),
  /** The release that is fetched or ready, or whose download the owner stopped (`idle`); null when there is none. */
  version: z.string().nullable(),
  /** Bytes of the download that runs; `total` is null until the server has said it. */
  progress: z.object({ bytes: z.number(), total: z.number().nullable() }).nullable(),
  /** `update.unreachable`, `update.signature`, `update.checksum`, `update.no_space`, `update.failed`. */
  error: z.object({ code: z.string(), data: errorDataSchema }).nullable(),
  /** When the channel was last looked at; null while it was not. */
  checkedAt: instantSchema.nullable(),
})
export type UpdateState = z.output<typeof updateSchema>

export const troubleSchema = z.object({
  id: idSchema,
  at: instantSchema,
  /** What stopped: the app itself, its window, the process of the models, of an account of WhatsApp, of a download. */
  part: z.enum(['app', 'window', 'models', 'whatsapp', 'other']),
  /** How: `crashed`, `killed`, `hung`, `out_of_memory`, `failed`. */
  reason: z.enum(['crashed', 'killed', 'hung', 'out_of_memory', 'failed']),
  /** When it ran again; null while it does not. */
  healedAt: instantSchema.nullable(),
})
export type Trouble = z.output<typeof troubleSchema>

const shellStateSchema = z.object({
  /** Whether the desk is shown by the desktop app. The rest is then what this computer can do; else nothing of it can be set. */
  desktop: z.boolean(),
  startWithComputer: z.object({ supported: z.boolean(), on: z.boolean() }),
  /** The computer does not go to sleep while customers are served. */
  keepAwake: z.boolean(),
  /** Closing the window leaves the app running in the tray; where there is no tray it is minimised. */
  closeToTray: z.boolean(),
  /** Notifications of the app name the customer. */
  noticeNames: z.boolean(),
  /** `os`: the system's keyring keeps the key of the secrets. `keyfile`: a file beside the data does, because there is no keyring. */
  secrets: z.enum(['os', 'keyfile', 'passphrase']),
  update: updateSchema,
  /** Newest first, of the last 30 days; at most 50. */
  troubles: z.array(troubleSchema),
})
export type ShellState = z.output<typeof shellStateSchema>

export const shellChangesSchema = z.object({
  startWithComputer: z.boolean().optional(),
  keepAwake: z.boolean().optional(),
  closeToTray: z.boolean().optional(),
  noticeNames: z.boolean().optional(),
  updateChannel: z.enum(['stable', 'beta']).optional(),
  updateAutomatic: z.boolean().optional(),
})
export type ShellChanges = z.output<typeof shellChangesSchema>

const shellNewsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: shellStateSchema }),
  /** A notification, the tray, a menu or a link wants this place of the desk shown: the part of its address after `#`. */
  z.object({ kind: z.literal('go'), path: z.string() }),
])
export type ShellNews = z.output<typeof shellNewsSchema>

/**
 * What the desktop app adds to the desk. Everything that changes something is the owner's alone and throws
 * `shell.not_desktop` in a browser's desk.
 */
export const shell = {
  state: deskCall.output(shellStateSchema),
  /** The state as it is, then each change, and where to go. */
  watch: deskCall.output(eventIterator(shellNewsSchema)),
  set: ownerCall.input(shellChangesSchema).output(shellStateSchema),
  /** Looks for a release and fetches it. Answers at once; `watch` tells the rest. Throws `update.not_supported`. */
  checkForUpdate: ownerCall.output(shellStateSchema),
  cancelUpdate: ownerCall.output(done),
  /** Starts the app anew with the release that is ready, as soon as nobody is being answered. Throws `update.not_ready`. */
  restartToUpdate: ownerCall.output(done),
  /** Versions, checks and the last lines of the log, without anybody's words, names or keys. Also in a browser's desk. */
  diagnostics: ownerCall.output(z.object({ text: z.string() })),
  /** Puts them on the clipboard. */
  copyDiagnostics: ownerCall.output(done),
  /** Shows the folder of the log files. */
  openLogs: ownerCall.output(done),
  /** Lets a file be chosen with the system's dialog; it can then be imported like an upload. Null when it was closed. */
  chooseFile: ownerCall
    .input(z.object({ kind: z.enum(['catalog']) }))
    .output(z.object({ uploadId: idSchema, fileName: z.string(), size: z.int() }).nullable()),
}
