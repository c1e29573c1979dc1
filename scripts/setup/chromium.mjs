import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { message, tell } from './messages.mjs'
import { SetupError } from './project.mjs'
import { run, tail } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const places = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((base) => [
      join(base, 'Chromium/Application/chrome.exe'),
      join(base, 'Google/Chrome/Application/chrome.exe'),
    ]),
}

/** A Chromium of this machine, or null: `MOSTRADOR_CHROMIUM` first, then the path and the usual places. */
export function findChromium() {
  const named = process.env.MOSTRADOR_CHROMIUM
  if (named) return existsSync(named) ? named : null
  for (const folder of (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin')) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name)
  }
  return (places[process.platform] ?? []).find((path) => existsSync(path)) ?? null
}

/** The browser of the browser tests: Debian's package is installed where we are root, else its absence is explained. */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !hasApt) {
    throw new SetupError(message('noChromium', { detail: '' }))
  }
  tell('gettingChromium')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  const { output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    env,
  })
  const installed = findChromium()
  if (!installed) throw new SetupError(message('noChromium', { detail: `\napt-get: ${tail(output, 5)}` }))
  return installed
}
