import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MediaStore } from './service.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function* stream(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('MediaStore', () => {
  let dir: string
  let media: MediaStore

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'media-'))
    media = new MediaStore(dir)
  })

  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  function filesLeft(): string[] {
    return readdirSync(join(dir, 'tmp'))
  }

  it('keeps a file under the hash of its content and tells its type by it', async () => {
    const stored = await media.put(stream(png.subarray(0, 10), png.subarray(10)))
    const hash = createHash('sha256').update(png).digest('hex')
    expect(stored).toEqual({ hash, mime: 'image/png', size: png.length })
    expect(media.path(hash)).toBe(join(dir, hash.slice(0, 2), hash))
    expect(readFileSync(media.path(hash) ?? '')).toEqual(png)
    const { stream: bytes, mime, size } = await media.read(hash)
    expect([mime, size, Buffer.concat(await bytes.toArray())]).toEqual(['image/png', png.length, png])
    expect(filesLeft()).toEqual([])
  })

  it('keeps the same content once', async () => {
    const first = await media.put(stream(png))
    expect(await media.put(stream(png))).toEqual(first)
    expect(readdirSync(join(dir, first.hash.slice(0, 2)))).toEqual([first.hash])
    expect(filesLeft()).toEqual([])
  })

  it('refuses what is larger than the limit without reading on', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1000
        yield new Uint8Array(1000)
      }
    }
    await expect(media.put(endless(), { maxBytes: 5000 })).rejects.toMatchObject({ code: 'media.too_large' })
    expect(read).toBeLessThanOrEqual(6000)
    expect(filesLeft()).toEqual([])
  })

  it.each([
    ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), undefined],
    ['an ELF program', Buffer.concat([Buffer.from('7f454c460201', 'hex'), Buffer.alloc(200)]), undefined],
    ['a shell script', Buffer.from('#!/bin/sh\necho hola\n'), undefined],
    ['a page', Buffer.from('  <!DOCTYPE html><p>hola'), undefined],
    ['a page in UTF-16', Buffer.from('\ufeff<html><script>x()</script>', 'utf16le'), undefined],
    ['a drawing that can run scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
    ['an XML drawing', Buffer.from('<?xml version="1.0"?><svg/>'), undefined],
    ['a name a system would run', Buffer.from('hola'), 'factura.pdf.bat'],
    ['an HTML name', Buffer.from('hola'), 'carta.html'],
    ['nothing', Buffer.alloc(0), undefined],
  ])('refuses %s', async (_, content, name) => {
    await expect(media.put(stream(content), { name })).rejects.toMatchObject({ code: 'media.type_refused' })
    expect(filesLeft()).toEqual([])
  })

  it('keeps plain text and bytes of no known type', async () => {
    expect(await media.put(stream(Buffer.from('Lista: leche, 2 > 1, ñandú')))).toMatchObject({
      mime: 'text/plain',
    })
    const unknown = await media.put(stream(Buffer.from([0, 1, 2, 3, 4, 250, 251])))
    expect(unknown.mime).toBe('application/octet-stream')
  })

  it('takes only the types it was asked to take', async () => {
    await expect(media.put(stream(Buffer.from('hola')), { allowed: ['image/*'] })).rejects.toMatchObject({
      code: 'media.type_refused',
    })
    expect(await media.put(stream(png), { allowed: ['image/*'] })).toMatchObject({ mime: 'image/png' })
  })

  it('leaves nothing when it is aborted or its source breaks', async () => {
    const abort = new AbortController()
    async function* aborting(): AsyncGenerator<Uint8Array> {
      yield png
      abort.abort()
      yield png
    }
    await expect(media.put(aborting(), { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield png
      throw new Error('connection lost')
    }
    await expect(media.put(breaking())).rejects.toThrow('connection lost')
    expect(filesLeft()).toEqual([])
  })

  it('sweeps what a crash left, not what is being written', async () => {
    mkdirSync(join(dir, 'tmp'))
    for (const name of ['old', 'young']) writeFileSync(join(dir, 'tmp', name), 'x')
    const yesterday = new Date(Date.now() - 86_400_000)
    utimesSync(join(dir, 'tmp', 'old'), yesterday, yesterday)
    await media.sweep()
    expect(filesLeft()).toEqual(['young'])
  })

  it('gives no path for anything but a hash it has', async () => {
    expect(media.path('../../etc/passwd')).toBeNull()
    expect(media.path('a'.repeat(64))).toBeNull()
    await expect(media.read('..')).rejects.toMatchObject({ code: 'not_found' })
  })
})
