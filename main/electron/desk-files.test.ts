import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DeskFiles } from './desk-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'mostrador-desk-'))
mkdirSync(join(folder, 'desk', 'assets'), { recursive: true })
writeFileSync(join(folder, 'private.txt'), 'private')
writeFileSync(join(folder, 'desk', 'index.html'), '<title>desk</title>')
writeFileSync(join(folder, 'desk', 'assets', 'a.js'), 'export {}')
const files = new DeskFiles(join(folder, 'desk'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the files of the desk', () => {
  it('are given with their type', async () => {
    expect((await files.read('/'))?.type).toBe('text/html; charset=utf-8')
    expect((await files.read('/assets/a.js'))?.type).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    '/../private.txt',
    '/assets/../../private.txt',
    '/%2e%2e/private.txt',
    '/assets',
    '/a.js',
    '//etc/passwd',
    '',
  ])('are the only ones: %s', async (path) => {
    expect(await files.read(path)).toBeNull()
  })

  it('are none where nothing is built', async () => {
    expect(await new DeskFiles(join(folder, 'nowhere')).read('/')).toBeNull()
  })
})
