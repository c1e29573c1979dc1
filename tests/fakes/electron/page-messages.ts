import { ipcEvent, ipcMain } from './ipc.ts'
import type { Page, Saying } from './page.ts'
import type { PagePorts } from './page-ports.ts'
import type { WebContents } from './web-contents.ts'
import type { WebFrameMain } from './web-frame.ts'

/** Gives `ipcMain` what a frame's preload has said, and the preload its answer. */
export function hear(
  saying: Saying,
  frameId: string,
  from: { frame: WebFrameMain; page: Page; ports: PagePorts; contents: WebContents },
): void {
  const { frame, page, ports, contents } = from
  const given = (saying.ports ?? []).map((id) => ports.fromPage(id, frameId))
  const event = ipcEvent(contents, frame, given)
  const channel = String(saying.channel)
  const args = saying.args ?? []
  if (saying.kind === 'send') {
    contents.emit('ipc-message', event, channel, ...args)
    ipcMain.emit(channel, event, ...args)
    return
  }
  const answer = (more: Record<string, unknown>) =>
    void page.tell(frameId, { kind: 'answer', id: saying.id, ...more })
  const handler = ipcMain.handlers.get(channel)
  const asked =
    handler === undefined
      ? Promise.reject(new Error('no handler registered'))
      : Promise.resolve().then(() => handler(event, ...args))
  asked.then(
    (value) => answer({ value }),
    (error: unknown) => answer({ error: `Error invoking remote method '${channel}': ${error}` }),
  )
}
