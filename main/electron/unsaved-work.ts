import { type BrowserWindow, dialog } from 'electron'
import { type ShellLanguage, say } from './texts.ts'

/** What the owner wants while something in the desk is not saved yet. */
export type Leaving = 'quit' | 'close' | 'reload'

/** Asks the owner whether what is not saved may be lost. The app goes on serving meanwhile. */
export async function mayLoseWork(
  window: BrowserWindow,
  leaving: Leaving,
  language: ShellLanguage,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Mostrador',
    message: say(language, 'unsaved.message'),
    detail: say(language, 'unsaved.detail'),
    buttons: [say(language, `unsaved.${leaving}`), say(language, 'unsaved.stay')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}
