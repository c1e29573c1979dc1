import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { argumentsToKeep, replaceAppImage } from './appimage-file.ts'

describe('the start after an update', () => {
  it('works on the same data, and shows itself', () => {
    const kept = [
      [[], []],
      [['/app', '--hidden', '--after-crash', 'mostrador://open/x'], []],
      [
        ['/app', '--data', '/shop', '--hidden'],
        ['--data', '/shop'],
      ],
      [['/app', '--data=/shop'], ['--data=/shop']],
      [['/app', '--data'], []],
    ]
    for (const [args = [], expected] of kept) expect(argumentsToKeep(args)).toEqual(expected)
  })
})

const memory = '/dev/shm'

describe('a fetched AppImage', () => {
  it.runIf(existsSync(memory))('comes also from another disk', () => {
    const [here, there] = [tmpdir(), memory].map((folder) => mkdtempSync(join(folder, 'appimage-')))
    if (here === undefined || there === undefined) throw new Error('no folders')
    try {
      const current = join(here, 'Mostrador.AppImage')
      writeFileSync(current, 'old')
      writeFileSync(join(there, 'fetched'), 'new')
      replaceAppImage(join(there, 'fetched'), current)
      expect(readFileSync(current, 'utf8')).toBe('new')
      expect(existsSync(join(there, 'fetched'))).toBe(false)
      expect(() => replaceAppImage(join(there, 'fetched'), current)).toThrow('ENOENT')
      expect(readFileSync(current, 'utf8')).toBe('new')
    } finally {
      for (const folder of [here, there]) rmSync(folder, { recursive: true })
    }
  })
})
