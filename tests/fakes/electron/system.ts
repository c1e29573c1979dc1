import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { note, onAct, onView } from './journal.ts'
import { preventable } from './preventable.ts'

let clip = process.env.STANDIN_CLIPBOARD ?? ''
export const clipboard = {
  writeText: (text: string) => {
    clip = text
    note('clipboard.write', { length: text.length })
  },
  readText: () => clip,
  write: (data: { text?: string }) => clipboard.writeText(data.text ?? ''),
  clear: () => {
    clip = ''
  },
}
onView('clipboard', () => clip)

/** Whether the system has a program for what it is to open. */
let opens = true
onAct('shell.opens', ({ on }) => {
  opens = on === true
})

export const shell = {
  openExternal: async (url: string) => {
    note('shell.openExternal', { url })
    if (!opens) throw new Error('Failed to open URL')
  },
  openPath: async (path: string) => {
    note('shell.openPath', { path })
    return opens && existsSync(path) ? '' : 'Failed to open path'
  },
  showItemInFolder: (path: string) => note('shell.showItemInFolder', { path }),
  trashItem: async (path: string) => note('shell.trashItem', { path }),
  beep: () => note('shell.beep'),
}

class NativeImage {
  readonly #bytes: Buffer
  readonly #name: string

  constructor(bytes: Buffer, name: string) {
    this.#bytes = bytes
    this.#name = name
  }
  isEmpty(): boolean {
    return this.#bytes.length === 0
  }
  getSize(): { width: number; height: number } {
    const png = this.#bytes.subarray(1, 4).toString('latin1') === 'PNG'
    return png
      ? { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) }
      : { width: 0, height: 0 }
  }
  toPNG(): Buffer {
    return this.#bytes
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`
  }
  resize(): NativeImage {
    return this
  }
  crop(): NativeImage {
    return this
  }
  addRepresentation(): void {}
  setTemplateImage(): void {}
  isTemplateImage(): boolean {
    return false
  }
  toString(): string {
    return this.#name
  }
}

export const nativeImage = {
  createEmpty: () => new NativeImage(Buffer.alloc(0), 'empty'),
  createFromPath: (path: string) =>
    new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0), path),
  createFromBuffer: (bytes: Buffer) => new NativeImage(bytes, 'buffer'),
  createFromDataURL: (url: string) => new NativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64'), 'data'),
}

class NativeTheme extends EventEmitter {
  themeSource = 'system'
  shouldUseDarkColors = process.env.STANDIN_DARK === '1'
  shouldUseHighContrastColors = false
}
export const nativeTheme = new NativeTheme()
onAct('theme.dark', ({ on }) => {
  nativeTheme.shouldUseDarkColors = on === true
  nativeTheme.emit('updated')
})

type Display = Pick<Electron.Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'> & {
  size: Electron.Size
  workAreaSize: Electron.Size
}
function display(id: number, area: Electron.Rectangle): Display {
  const size = { width: area.width, height: area.height }
  return { id, bounds: area, workArea: area, scaleFactor: 1, size, workAreaSize: size }
}

class Screen extends EventEmitter {
  displays: Display[] = (
    JSON.parse(
      process.env.STANDIN_DISPLAYS ?? '[{"x":0,"y":0,"width":1920,"height":1080}]',
    ) as Electron.Rectangle[]
  ).map((area, at) => display(at + 1, area))

  getAllDisplays(): Display[] {
    return this.displays
  }
  getPrimaryDisplay(): Display {
    return this.displays[0] ?? display(1, { x: 0, y: 0, width: 1920, height: 1080 })
  }
  getDisplayMatching(area: Electron.Rectangle): Display {
    return this.getDisplayNearestPoint({ x: area.x + area.width / 2, y: area.y + area.height / 2 })
  }
  getDisplayNearestPoint({ x, y }: Electron.Point): Display {
    const inside = ({ bounds }: Display) =>
      x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y && y < bounds.y + bounds.height
    return this.displays.find(inside) ?? this.getPrimaryDisplay()
  }
  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 }
  }
}
export const screen = new Screen()
onAct('screen.displays', ({ displays }) => {
  screen.displays = (displays as Electron.Rectangle[]).map((area, at) => display(at + 1, area))
  screen.emit('display-metrics-changed', {}, screen.getPrimaryDisplay(), ['bounds'])
})

class PowerMonitor extends EventEmitter {
  onBatteryPower = false
  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }
  getSystemIdleTime(): number {
    return 0
  }
  getSystemIdleState(): string {
    return 'active'
  }
  getCurrentThermalState(): string {
    return 'nominal'
  }
}
export const powerMonitor = new PowerMonitor()
// `suspend`, `resume`, `shutdown`, `on-ac`, `on-battery`, `lock-screen`, `unlock-screen`.
onAct('power', ({ event }) => {
  note('power', { event })
  const told = preventable()
  powerMonitor.emit(String(event), told)
  return { prevented: told.defaultPrevented }
})

const blockers = new Map<number, string>()
let lastBlocker = 0
export const powerSaveBlocker = {
  start: (type: string) => {
    lastBlocker += 1
    blockers.set(lastBlocker, type)
    note('powerSaveBlocker.start', { id: lastBlocker, type })
    return lastBlocker
  },
  stop: (id: number) => {
    note('powerSaveBlocker.stop', { id })
    return blockers.delete(id)
  },
  isStarted: (id: number) => blockers.has(id),
}
onView('powerSaveBlockers', () => [...blockers.values()])

export const systemPreferences = Object.assign(new EventEmitter(), {
  getAnimationSettings: () => ({ prefersReducedMotion: false }),
  getUserDefault: () => null,
})
export const crashReporter = { start: () => note('crashReporter.start') }
export const globalShortcut = {
  register: () => true,
  unregister: () => undefined,
  unregisterAll: () => undefined,
  isRegistered: () => false,
}
