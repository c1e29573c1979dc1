import { posix, win32 } from 'node:path'
import type { BrowserName } from './browser.ts'

export interface Candidate {
  path: string
  name: BrowserName
}

/** A computer, as far as it matters for where its browsers lie. */
export interface Place {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  /** Folder of the user. */
  home: string
}

/** Where browsers are usually installed, best first: Chrome can send video, Chromium cannot. Says nothing of what is there. */
export function candidates({ platform, env, home }: Place): Candidate[] {
  if (platform === 'win32') return onWindows(env)
  if (platform === 'darwin') return onMac(home)
  return onLinux(env.PATH ?? '')
}

const windowsPrograms: readonly [BrowserName, string][] = [
  ['Google Chrome', 'Google\\Chrome\\Application\\chrome.exe'],
  ['Microsoft Edge', 'Microsoft\\Edge\\Application\\msedge.exe'],
  ['Chromium', 'Chromium\\Application\\chrome.exe'],
  ['Brave', 'BraveSoftware\\Brave-Browser\\Application\\brave.exe'],
]

function onWindows(env: Place['env']): Candidate[] {
  // Names of variables know no case there.
  const values = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
  const folders = ['PROGRAMFILES', 'PROGRAMW6432', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = values.get(name)
    return folder !== undefined && win32.isAbsolute(folder) ? [folder] : []
  })
  return windowsPrograms.flatMap(([name, program]) =>
    [...new Set(folders)].map((folder) => ({ path: win32.join(folder, program), name })),
  )
}

const macApps: readonly [BrowserName, string][] = [
  ['Google Chrome', 'Google Chrome'],
  ['Microsoft Edge', 'Microsoft Edge'],
  ['Chromium', 'Chromium'],
  ['Brave', 'Brave Browser'],
]

function onMac(home: string): Candidate[] {
  const folders = ['/Applications', posix.join(home, 'Applications')]
  return macApps.flatMap(([name, app]) =>
    folders.map((folder) => ({ path: insideApp(posix.join(folder, `${app}.app`)), name })),
  )
}

/** What is started of a macOS application, which people see as one file. */
export function insideApp(app: string): string {
  return posix.join(app, 'Contents', 'MacOS', posix.basename(app, '.app'))
}

const linuxPrograms: readonly [BrowserName, readonly string[], readonly string[]][] = [
  ['Google Chrome', ['/opt/google/chrome/chrome'], ['google-chrome', 'google-chrome-stable']],
  ['Microsoft Edge', ['/opt/microsoft/msedge/msedge'], ['microsoft-edge', 'microsoft-edge-stable']],
  ['Chromium', ['/usr/lib/chromium/chromium'], ['chromium', 'chromium-browser']],
  ['Brave', ['/opt/brave.com/brave/brave'], ['brave', 'brave-browser']],
]
const linuxFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/var/lib/flatpak/exports/bin']

function onLinux(path: string): Candidate[] {
  const onPath = path.split(':').filter((folder) => posix.isAbsolute(folder))
  const folders = [...new Set([...onPath, ...linuxFolders])]
  // Snaps see neither the temporary folder nor hidden ones: last.
  folders.sort((a, b) => Number(a.startsWith('/snap/')) - Number(b.startsWith('/snap/')))
  return linuxPrograms.flatMap(([name, own, commands]) => {
    const installed = folders.flatMap((folder) => commands.map((command) => posix.join(folder, command)))
    // A distribution's own start script goes before what it starts: it knows what the system needs.
    const paths = name === 'Chromium' ? [...installed, ...own] : [...own, ...installed]
    return paths.map((each) => ({ path: each, name }))
  })
}

const signs: readonly [RegExp, BrowserName][] = [
  [/brave/i, 'Brave'],
  [/edge/i, 'Microsoft Edge'],
  [/chrome[ -]?for[ -]?testing/i, 'Chrome for Testing'],
  [/chromium/i, 'Chromium'],
  [/chrome/i, 'Google Chrome'],
]

/** What a browser at a path of the owner's is most likely called. */
export function nameOf(path: string): BrowserName {
  return signs.find(([sign]) => sign.test(path))?.[1] ?? 'Chromium'
}
