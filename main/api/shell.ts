import type { ShellNews, ShellState } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import type { ApiContext } from './context.ts'
import { Newest } from './newest.ts'
import { implementer, isDone } from './procedure.ts'
import type { DesktopShell } from './serving.ts'

const os = implementer.shell

/** What a desk in a browser sees. */
const inBrowser = (method: string): ShellState => ({
  desktop: false,
  startWithComputer: { supported: false, on: false },
  keepAwake: false,
  closeToTray: false,
  noticeNames: false,
  secrets: method === 'os' || method === 'passphrase' ? method : 'keyfile',
  update: {
    supported: false,
    channel: 'stable',
    automatic: false,
    state: 'idle',
    version: null,
    progress: null,
    error: null,
    checkedAt: null,
  },
  troubles: [],
})

export const shell = {
  state: os.state.handler(({ context }) => stateOf(context)),
  watch: os.watch.handler(({ context, signal }) => watch(context, signal)),
  set: os.set.handler(async ({ context, input }) => {
    await desktop(context).set(input)
    return stateOf(context)
  }),
  checkForUpdate: os.checkForUpdate.handler(({ context }) => {
    desktop(context).checkForUpdate()
    return stateOf(context)
  }),
  cancelUpdate: os.cancelUpdate.handler(async ({ context }) => {
    await desktop(context).cancelUpdate()
    return isDone
  }),
  restartToUpdate: os.restartToUpdate.handler(({ context }) => {
    desktop(context).restartToUpdate()
    return isDone
  }),
  diagnostics: os.diagnostics.handler(async ({ context }) => ({
    text: await context.serving.diagnostics(),
  })),
  copyDiagnostics: os.copyDiagnostics.handler(async ({ context }) => {
    const shown = desktop(context)
    shown.copyText(await context.serving.diagnostics())
    return isDone
  }),
  openLogs: os.openLogs.handler(async ({ context }) => {
    await desktop(context).openLogs()
    return isDone
  }),
  chooseFile: os.chooseFile.handler(({ context, input }) => {
    const caller = context.caller()
    return desktop(context).chooseFile(input.kind, caller.via === 'desk' ? caller.sessionId : '')
  }),
}

function stateOf({ app, serving }: ApiContext): ShellState {
  return serving.shell?.state() ?? inBrowser(app.host.secrets.method)
}

/** The desktop app, where it shows the desk. @throws DomainError `shell.not_desktop` */
function desktop(context: ApiContext): DesktopShell {
  if (context.serving.shell === undefined) throw new DomainError('shell.not_desktop')
  return context.serving.shell
}

async function* watch(context: ApiContext, signal: AbortSignal | undefined): AsyncGenerator<ShellNews> {
  const { shell: shown } = context.serving
  const news = new Newest<'state' | 'go'>(signal)
  const stop = shown?.onChange((what) => news.put(what, what))
  news.put('state', 'state')
  // What was asked for before this desk listened.
  if (shown !== undefined) news.put('go', 'go')
  try {
    for await (const what of news.items()) {
      if (what === 'state') yield { kind: 'state', state: stateOf(context) }
      else for (const path of shown?.takePlaces() ?? []) yield { kind: 'go', path }
    }
  } finally {
    stop?.()
  }
}
