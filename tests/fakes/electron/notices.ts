import { EventEmitter } from 'node:events'
import { note, onAct, onView } from './journal.ts'
import { standInSettings } from './settings.ts'

const shownNow = new Map<number, Notification>()
let lastId = 0

export class Notification extends EventEmitter {
  readonly number: number
  title: string
  body: string
  silent: boolean
  readonly options: Electron.NotificationConstructorOptions

  static isSupported(): boolean {
    return standInSettings.notifications
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    lastId += 1
    this.number = lastId
    this.options = options
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
  }

  show(): void {
    shownNow.set(this.number, this)
    const { number, title, body, silent } = this
    note('notification.show', { id: number, title, body, silent, actions: this.options.actions ?? [] })
    this.emit('show')
  }

  close(): void {
    if (!shownNow.delete(this.number)) return
    note('notification.close', { id: this.number })
    this.emit('close')
  }
}

onView('notifications', () =>
  [...shownNow.values()].map(({ number, title, body }) => ({ id: number, title, body })),
)
// `event`: `click` unless told, `action` with `index`, `reply` with `text`, `close`, `failed`.
onAct('notification.click', ({ id, event, index, text }) => {
  const notification = id === undefined ? [...shownNow.values()].at(-1) : shownNow.get(Number(id))
  if (notification === undefined) throw new Error('no such notification is shown')
  const name = String(event ?? 'click')
  notification.emit(name, {}, name === 'action' ? index : text)
  shownNow.delete(notification.number)
})

const answers: { kind: string; value: Record<string, unknown> }[] = []

/** What a test said beforehand that the person would do; else the person closes the dialog. */
async function ask<T>(kind: string, args: unknown[], otherwise: T): Promise<T> {
  const at = answers.findIndex((each) => each.kind === kind)
  const answer = at === -1 ? undefined : answers.splice(at, 1)[0]?.value
  note(`dialog.${kind}`, { options: args.at(-1), answered: answer ?? null })
  await new Promise(setImmediate)
  return { ...otherwise, ...answer }
}

function messageDefaults(args: unknown[]): { response: number; checkboxChecked: boolean } {
  const options = args.at(-1) as Partial<Electron.MessageBoxOptions> | undefined
  return { response: options?.cancelId ?? 0, checkboxChecked: options?.checkboxChecked ?? false }
}

export const dialog = {
  showOpenDialog: (...args: unknown[]) => ask('open', args, { canceled: true, filePaths: [] as string[] }),
  showSaveDialog: (...args: unknown[]) => ask('save', args, { canceled: true, filePath: '' }),
  showMessageBox: (...args: unknown[]) => ask('message', args, messageDefaults(args)),
  showMessageBoxSync: (...args: unknown[]) => {
    const at = answers.findIndex((each) => each.kind === 'message')
    const answer = at === -1 ? undefined : answers.splice(at, 1)[0]?.value
    note('dialog.message', { options: args.at(-1), answered: answer ?? null })
    return typeof answer?.response === 'number' ? answer.response : messageDefaults(args).response
  },
  showErrorBox: (title: string, content: string) => note('dialog.error', { title, content }),
  showCertificateTrustDialog: () => Promise.resolve(),
}

for (const each of JSON.parse(process.env.STANDIN_ANSWERS ?? '[]')) answers.push(each)
// The next dialog of this kind (`open`, `save`, `message`) is answered with `value`.
onAct('dialog.answer', ({ kind, value }) => {
  answers.push({ kind: String(kind), value: value as Record<string, unknown> })
})
