import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import { Uploads } from './uploads.ts'

let folder: string
let clock: ManualClock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uploads-'))
  clock = new ManualClock()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const files = () => readdirSync(join(folder, 'uploads'))
const from = (sessionId: string, fileName = 'a.csv') => ({ sessionId, fileName, declaredBytes: null })

describe('uploads', () => {
  it('belong to the session that sent them, until they are released', async () => {
    const uploads = new Uploads(folder, clock)
    const { uploadId, size } = await uploads.receive(Readable.from([Buffer.from('name\nTaza')]), from('one'))
    expect(size).toBe(9)
    expect(uploads.find(uploadId, 'two')).toBeNull()
    const found = uploads.find(uploadId, 'one')
    expect(found?.fileName).toBe('a.csv')
    expect(readFileSync(found?.path ?? '', 'utf8')).toBe('name\nTaza')
    found?.release()
    expect(uploads.find(uploadId, 'one')).toBeNull()
    expect(files()).toEqual([])
  })

  it('are refused when they say or turn out to be too large, and leave nothing', async () => {
    const uploads = new Uploads(folder, clock, 10)
    const body = () => Readable.from([Buffer.alloc(6), Buffer.alloc(6)])
    await expect(uploads.receive(body(), { ...from('one'), declaredBytes: 12 })).rejects.toThrow(
      'upload.too_large',
    )
    await expect(uploads.receive(body(), from('one'))).rejects.toThrow('upload.too_large')
    expect(files()).toEqual([])
  })

  it('leave nothing when the sender breaks off', async () => {
    const uploads = new Uploads(folder, clock)
    const body = new Readable({ read() {} })
    const received = uploads.receive(body, from('one'))
    body.push(Buffer.alloc(100))
    body.destroy()
    await expect(received).rejects.toThrow('cancelled')
    expect(files()).toEqual([])
  })

  it('go when nobody imports them, and when newer ones need the room', async () => {
    const uploads = new Uploads(folder, clock)
    for (let more = 0; more < 8; more++) await uploads.receive(Readable.from([Buffer.from('x')]), from('one'))
    await uploads.receive(Readable.from([Buffer.from('x')]), from('two'))
    expect(files()).toHaveLength(6)
    clock.advance(24 * 60 * 60 * 1000)
    expect(files()).toEqual([])
  })

  it('never take a path from the name', async () => {
    const uploads = new Uploads(folder, clock)
    for (const name of ['../../evil.csv', 'C:\\evil.csv', '/etc/evil.csv', 'evil\u0000.csv']) {
      const { uploadId } = await uploads.receive(Readable.from([Buffer.from('x')]), from('one', name))
      const found = uploads.find(uploadId, 'one')
      expect(found?.fileName).toBe('evil.csv')
      expect(found?.path).toBe(join(folder, 'uploads', uploadId))
    }
  })

  it('of an earlier run are cleared away at start', () => {
    mkdirSync(join(folder, 'uploads'))
    writeFileSync(join(folder, 'uploads', 'left'), 'x')
    new Uploads(folder, clock)
    expect(files()).toEqual([])
    expect(existsSync(join(folder, 'uploads'))).toBe(true)
  })
})
