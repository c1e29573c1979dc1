// `npm run e2e:electron [-- <what playwright takes>]`: the journeys of tests/e2e in the desktop app on Electron itself.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureChromium } from './setup/chromium.mjs'
import { inRoot } from './setup/project.mjs'
import { become } from './setup/runtime.mjs'
import { prepare } from './setup.mjs'

/** `EX_UNAVAILABLE`: nothing was tried, because there is no Electron here. */
const noElectron = 69

const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/** Electron's program in the first of these folders that has one; null where none has. */
export function findElectron(folders, platform) {
  const programs = folders.filter(Boolean).map((folder) => join(folder, names[platform] ?? 'electron'))
  return programs.find((program) => existsSync(program)) ?? null
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folders = [process.env.ELECTRON_OVERRIDE_DIST_PATH, inRoot('node_modules', 'electron', 'dist')]
  const electron = findElectron(folders, process.platform)
  if (electron === null) {
    process.stderr.write(`There is no Electron on this computer, so no journey was tried.
Get it with one of these, then run this again:
  npx install-electron                                    (fetches it from GitHub into node_modules/electron/dist)
  ELECTRON_OVERRIDE_DIST_PATH=<folder> npm run e2e:electron   (a distribution that was unpacked before)
Without it, "npm test" tries the desktop app on a stand-in: tests/fakes/electron/README.md.
`)
    process.exit(noElectron)
  }
  const node = await prepare()
  const playwright = inRoot('node_modules', '@playwright', 'test', 'cli.js')
  become(node, [playwright, 'test', '--project=electron', ...process.argv.slice(2)], {
    MOSTRADOR_ELECTRON: electron,
    MOSTRADOR_CHROMIUM: await ensureChromium(),
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  })
}
