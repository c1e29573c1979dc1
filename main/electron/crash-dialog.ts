import { app, clipboard, dialog, shell } from 'electron'
import { crashTexts } from './crash-texts.ts'

/**
 * Asks the owner what to do after three crashes in a row; nothing has been started yet.
 * @param diagnostics what is copied on demand, without anybody's words, names or keys
 */
export async function askAfterCrashes(
  dataFolder: string,
  diagnostics: () => Promise<string>,
): Promise<'again' | 'quit'> {
  const texts = crashTexts(app.getLocale())
  let { detail } = texts
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: texts.title,
      message: texts.message,
      detail,
      buttons: [texts.again, texts.copy, texts.folder, texts.quit],
      defaultId: 0,
      cancelId: 3,
      noLink: true,
    })
    if (response === 0) return 'again'
    if (response === 1) {
      clipboard.writeText(await diagnostics())
      detail = texts.copied
    } else if (response === 2) await shell.openPath(dataFolder)
    else return 'quit'
  }
}
