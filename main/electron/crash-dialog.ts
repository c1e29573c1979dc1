import { app, clipboard, dialog, shell } from 'electron'
import { say, shellLanguage, type TextKey } from './texts.ts'

/**
 * Asks the owner what to do after three crashes in a row; nothing has been started yet.
 * @param diagnostics what is copied on demand, without anybody's words, names or keys
 */
export async function askAfterCrashes(
  dataFolder: string,
  diagnostics: () => Promise<string>,
): Promise<'again' | 'quit'> {
  const language = shellLanguage(null, app.getLocale())
  const text = (key: TextKey) => say(language, key)
  let detail = text('crash.detail')
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Mostrador',
      message: text('crash.message'),
      detail,
      buttons: [text('crash.again'), text('menu.copy_diagnostics'), text('crash.folder'), text('crash.quit')],
      defaultId: 0,
      cancelId: 3,
      noLink: true,
    })
    if (response === 0) return 'again'
    if (response === 1) {
      clipboard.writeText(await diagnostics())
      detail = text('crash.copied')
    } else if (response === 2) await shell.openPath(dataFolder)
    else return 'quit'
  }
}
