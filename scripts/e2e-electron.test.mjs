import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findElectron } from './e2e-electron.mjs'
import { inRoot } from './setup/project.mjs'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-dist-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('finds the program of each system', () => {
  const inside = join(folder, 'Electron.app', 'Contents', 'MacOS')
  mkdirSync(inside, { recursive: true })
  for (const file of [join(folder, 'electron'), join(folder, 'electron.exe'), join(inside, 'Electron')])
    writeFileSync(file, '')
  expect(findElectron([undefined, folder], 'linux')).toBe(join(folder, 'electron'))
  expect(findElectron([folder], 'win32')).toBe(join(folder, 'electron.exe'))
  expect(findElectron([folder], 'darwin')).toBe(join(inside, 'Electron'))
  expect(findElectron([join(folder, 'nowhere')], 'linux')).toBeNull()
})

it.skipIf(existsSync(inRoot('node_modules', 'electron', 'dist')))(
  'says that there is none, and how to get it',
  () => {
    const { status, stderr } = spawnSync(process.execPath, [inRoot('scripts', 'e2e-electron.mjs')], {
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder },
      encoding: 'utf8',
    })
    expect(status).toBe(69)
    expect(stderr).toContain('ELECTRON_OVERRIDE_DIST_PATH')
  },
)
