import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry, readAutostart } from './autostart-entry.ts'

/** Start with the computer, unseen. The system is asked each time: its own settings change this too. */
export interface LoginItem {
  state(): { supported: boolean; on: boolean }
  set(on: boolean): void
  /** After an update or a move: where it is on, it starts this program and no other. */
  refresh(): void
}

const args = ['--hidden']

/** A checkout does not start with the computer. */
export function loginItem(): LoginItem {
  if (!app.isPackaged) return unsupported
  return process.platform === 'linux' ? autostartFile(process.env) : systemItem
}

/** Whether the system started the app at log-in where it passes no arguments (macOS). */
export function wasStartedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}

const unsupported: LoginItem = {
  state: () => ({ supported: false, on: false }),
  set: () => undefined,
  refresh: () => undefined,
}

const systemItem: LoginItem = {
  state: () => {
    const found = app.getLoginItemSettings({ args })
    // Windows: the task manager turns it off without taking it out.
    const on = process.platform === 'win32' ? found.executableWillLaunchAtLogin : found.openAtLogin
    return { supported: true, on: on === true }
  },
  set: (on) => app.setLoginItemSettings({ openAtLogin: on, enabled: on, args }),
  refresh: () => undefined,
}

/** `~/.config/autostart/mostrador.desktop`. An AppImage starts by its own path, and not by what it was unpacked to. */
function autostartFile(env: NodeJS.ProcessEnv): LoginItem {
  const file = join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'mostrador.desktop')
  const program = env.APPIMAGE || process.execPath
  const read = (): { isOn: boolean; exec: string } => {
    try {
      return readAutostart(readFileSync(file, 'utf8'))
    } catch {
      return { isOn: false, exec: '' }
    }
  }
  const write = () => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, autostartEntry(program, args), { mode: 0o644 })
  }
  return {
    state: () => ({ supported: true, on: read().isOn }),
    set: (on) => {
      if (on) write()
      else rmSync(file, { force: true })
    },
    refresh: () => {
      const { isOn, exec } = read()
      if (isOn && exec !== readAutostart(autostartEntry(program, args)).exec) write()
    },
  }
}
