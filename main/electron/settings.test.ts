import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SettingsFile } from './settings.ts'

describe('the settings of the desktop app', () => {
  let folder: string
  let warned: string[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'))
    warned = []
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const open = () => new SettingsFile(folder, { warn: (event) => warned.push(event) })

  it('count at once, and are there at the next start', async () => {
    const settings = open()
    expect(settings.read()).toMatchObject({
      keepAwake: false,
      closeToTray: true,
      noticeNames: false,
      updateChannel: 'stable',
    })
    const written = settings.write({ keepAwake: true })
    void settings.write({ window: { bounds: { x: 1, y: 2, width: 800, height: 600 }, isMaximized: false } })
    expect(settings.read().keepAwake).toBe(true)
    await written
    await settings.flush()
    expect(open().read()).toMatchObject({ keepAwake: true, window: { bounds: { width: 800 } } })
    expect(readdirSync(folder)).toEqual(['desktop.json'])
    expect(warned).toEqual([])
  })

  it.each(['', '{', '[]', '{"closeToTray":"yes"}', '{"window":{"bounds":{"x":1e99}}}', 'null'])(
    'are the usual ones where the file holds %j, which stays beside them',
    async (text) => {
      writeFileSync(join(folder, 'desktop.json'), text)
      const settings = open()
      expect(settings.wasDamaged).toBe(true)
      expect(settings.read().closeToTray).toBe(true)
      expect(warned).toEqual(['desktop.settings_damaged'])
      await settings.write({ keepAwake: true })
      expect(readFileSync(join(folder, 'desktop.json.damaged'), 'utf8')).toBe(text)
      expect(open().read().keepAwake).toBe(true)
    },
  )

  it('hold until the app ends where they cannot be written', async () => {
    const settings = open()
    rmSync(folder, { recursive: true })
    await settings.write({ keepAwake: true })
    expect(settings.read().keepAwake).toBe(true)
    expect(warned).toEqual(['desktop.settings_not_written'])
    expect(existsSync(folder)).toBe(false)
  })
})
