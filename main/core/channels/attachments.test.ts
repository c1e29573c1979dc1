import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testLog } from '../../../tests/fixtures/host.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { MediaStore } from '../media/service.ts'
import { AttachmentDownloads } from './attachment-downloads.ts'
import { kindOf } from './attachment-kinds.ts'
import type { InboundAttachment } from './channel.ts'

// A JPEG with a place in its EXIF: kept byte by byte.
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe1001c457869660000', 'hex'),
  Buffer.from('GPSLatitude 40.4'),
  Buffer.from('ffdb004300', 'hex'),
  Buffer.alloc(80, 1),
  Buffer.from('ffd9', 'hex'),
])

let way: MessageWay
let folder: string
let media: MediaStore
let downloads: AttachmentDownloads
let fetched: number
let content: () => AsyncIterable<Uint8Array>
beforeEach(() => {
  way = new MessageWay()
  folder = mkdtempSync(join(tmpdir(), 'attachments-'))
  media = new MediaStore(folder)
  fetched = 0
  content = () => bytes(jpeg)
  way.channel.fetch = async () => {
    fetched += 1
    return content()
  }
  const { storage, bus, clock } = way.test
  downloads = new AttachmentDownloads({
    storage,
    media,
    bus,
    clock,
    log: testLog(),
    adapter: () => way.channel,
  })
})
afterEach(async () => {
  await downloads.stop()
  way.close()
  rmSync(folder, { recursive: true, force: true })
})

async function* bytes(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** Receives a file and gives what became of it. */
async function send(attachment: Partial<InboundAttachment>) {
  const file: InboundAttachment = { kind: 'photo', reference: {}, ...attachment }
  const { conversationId } = way.receive('', { attachments: [file] })
  const done = way.event('message.changed')
  downloads.start()
  downloads.kick()
  await done
  return way.conversations.messages({ conversationId, limit: 1 }).at(-1)?.attachments[0]
}

describe('files that customers send', () => {
  it('are kept as they are', async () => {
    const file = await send({})
    expect(file).toMatchObject({ kind: 'photo', state: 'stored', mime: 'image/jpeg', size: jpeg.length })
    expect(readFileSync(media.path(file?.mediaHash ?? '') ?? '')).toEqual(jpeg)
  })

  it('are not even fetched when they say themselves that they are too large', async () => {
    expect(await send({ kind: 'voice', size: 17 * 1024 * 1024 })).toMatchObject({
      state: 'failed',
      error: 'media.too_large',
    })
    expect(fetched).toBe(0)
  })

  it('are cut off where they lie about it', async () => {
    content = async function* () {
      for (;;) yield new Uint8Array(1024 * 1024)
    }
    expect(await send({ kind: 'sticker', size: 10 })).toMatchObject({
      state: 'failed',
      error: 'media.too_large',
    })
  })

  it.each([
    ['bytes', 1, 500 * 1024 * 1024],
    ['files', 200, 10],
  ])('fill no disk: too many %s of a chat in a day', async (_what, count, size) => {
    await send({})
    const source = `INSERT INTO attachments (id, message_id, kind, state, media_hash, size, created_at, updated_at)
      SELECT 'x' || value, (SELECT id FROM messages), 'photo', 'stored', 'h', ${size}, (SELECT created_at FROM messages), ''
      FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${count}) SELECT value FROM n)`
    way.test.storage.write('system', (tx) => tx.sql.exec(source))
    expect(await send({})).toMatchObject({ state: 'failed', error: 'media.daily_limit' })
    expect(fetched).toBe(1)
  })
})

describe('what a file is', () => {
  it.each([
    ['photo', 'application/pdf', 'document'],
    ['photo', 'application/octet-stream', 'document'],
    ['document', 'image/png', 'photo'],
    ['document', 'application/zip', 'document'],
    ['voice', 'audio/ogg; codecs=opus', 'voice'],
    ['voice', 'video/mp4', 'voice'],
    ['voice', 'image/jpeg', 'photo'],
    ['voice', 'text/plain', 'document'],
    ['sticker', 'image/webp', 'sticker'],
    ['sticker', 'application/pdf', 'document'],
    ['video', 'video/quicktime', 'video'],
    ['photo', 'image/tiff', 'document'],
  ] as const)('a %s of %s is a %s', (claimed, mime, kind) => expect(kindOf(claimed, mime)).toBe(kind))
})
