import { claimed } from './ipc.ts'
import { onAct } from './journal.ts'
import { preventable } from './preventable.ts'
import { holding } from './unload.ts'
import { WebContents } from './web-contents.ts'

/** What a test does to a page: by its window's id, or to the first. */
function named({ id }: Record<string, unknown>): WebContents {
  const contents = id === undefined ? WebContents.getAllWebContents()[0] : WebContents.fromId(Number(id))
  if (contents === undefined) throw new Error('there is no such page')
  return contents
}

claimed.contents = (id) => WebContents.fromId(id)
claimed.mainFrame = (id) => WebContents.fromId(id)?.mainFrame ?? null

onAct('page.crash', (input) => named(input).forcefullyCrashRenderer())
onAct('page.reload', (input) => named(input).reload())
// Whether the page wants to be left, as one does not in which something is unsaved.
onAct('page.hold', (input) => {
  if (input.on === true) holding.add(named(input))
  else holding.delete(named(input))
})
// Any event of Electron's, as `unresponsive` or `will-attach-webview`; answers whether it was prevented.
onAct('page.emit', (input) => {
  const event = preventable()
  const args: unknown[] = Array.isArray(input.args) ? input.args : []
  named(input).emit(String(input.event), event, ...args)
  return { prevented: event.defaultPrevented }
})
