import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app, shell } from 'electron'
import type { Installation } from '../hosting/installation.ts'
import type { ShellLanguage } from './texts.ts'

/** Opens the owner's guide that came with the app; where nothing opens such files, shows where it lies. */
export async function showDocumentation(installation: Installation, language: ShellLanguage): Promise<void> {
  const file = guides(installation, language).find((path) => existsSync(path))
  if (file === undefined) return
  const failure = await shell.openPath(file)
  if (failure !== '') shell.showItemInFolder(file)
}

/** Beside the package, as a text that every system opens; in a checkout the sources of it. */
function guides({ resources }: Installation, language: ShellLanguage): string[] {
  return app.isPackaged
    ? [join(process.resourcesPath, 'docs', `owner.${language}.txt`)]
    : [join(dirname(resources), 'docs', language === 'es' ? 'owner.es.md' : 'owner.md')]
}
