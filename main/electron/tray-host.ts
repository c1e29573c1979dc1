import { execFile } from 'node:child_process'

/** How long the session bus may take to answer, ms. */
const answerMs = 2_000

/**
 * Whether the desktop shows tray icons. On Linux some do not, and an icon there is made without an error and seen by
 * nobody: the session bus knows whether somebody shows them. No answer counts as no.
 */
export async function showsTrayIcons(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true
  const answer = await ask('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ])
  return /\bboolean true\b/.test(answer)
}

function ask(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: answerMs, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    )
  })
}
