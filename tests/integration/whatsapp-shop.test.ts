import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { bread, WhatsAppShop } from './whatsapp-fixture.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const picture = readFileSync(join(import.meta.dirname, '../../resources/demo/images/DUL-004.jpg'))
const ana = '5491144440001'
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
/** The beginning of an Ogg file with Opus in it. */
const voice = Buffer.concat([
  Buffer.from(
    '4f67675300020000000000000000010000000000000001134f707573486561640101380180bb0000000000',
    'hex',
  ),
  Buffer.alloc(4_000, 7),
])

describe('a shop on WhatsApp', () => {
  let whatsapp: FakeWhatsApp
  let on: WhatsAppShop
  let people = 5491188880000
  const figures: [string, number][] = []

  beforeAll(async () => {
    whatsapp = await startWhatsApp({ chats: [{ phone: ana, name: 'Ana' }] })
    const began = performance.now()
    on = await WhatsAppShop.open(whatsapp)
    await on.until(() => on.code !== null, 'a code')
    figures.push(['from the account to its code, ms', performance.now() - began])
  })
  afterAll(async () => {
    await on.close()
    await whatsapp.close()
    expect(whatsapp.unknownModules()).toEqual([])
    for (const [what, figure] of figures) console.log(`WhatsApp: ${what}: ${Math.round(figure)}`)
  })

  const somebody = () => String(people++)

  function attachments(chat: string) {
    return on.shop.storage
      .prepare<[string], { kind: string; state: string; mime: string; error: string | null }>(
        `SELECT a.kind, a.state, a.mime, a.error FROM attachments a JOIN messages m ON m.id = a.message_id
         WHERE m.conversation_id = ? ORDER BY m.seq`,
      )
      .all(on.conversation(chat)?.id ?? '')
  }

  it('is ready when a phone has scanned the code, and knows whose it is', async () => {
    const began = performance.now()
    await on.pair()
    figures.push(['from the scan to ready, ms', performance.now() - began])
    expect(on.shop.channels.get(on.accountId)).toMatchObject({
      name: 'La Tienda',
      externalId: '5491155550000',
      state: { state: 'ready' },
    })
  })

  it('answers with the catalog’s price', async () => {
    const chat = somebody()
    whatsapp.customerSays(chat, bread.question, { name: 'Bea' })
    const [reply] = await on.sentTo(chat, 1)
    expect(reply?.text).toMatch(bread.price)
    await on.settled()
    expect(on.conversation(chat)).toMatchObject({ mode: 'bot' })
    expect(on.outbox()).toEqual(['sent'])
  })

  it('answers a message once, however often it is told', async () => {
    const chat = somebody()
    const id = whatsapp.customerSays(chat, bread.question)
    await on.sentTo(chat, 1)
    whatsapp.repeatMessage(id)
    whatsapp.resync()
    whatsapp.customerSays(chat, '¿y la miel de azahar?')
    const [, second] = await on.sentTo(chat, 2)
    expect(second?.text).toMatch(/7,90/)
    await on.settled()
    expect(whatsapp.sentTo(chat)).toHaveLength(2)
    expect(on.messages(chat)).toHaveLength(4)
  })

  it('answers where the customer is known by a LID, and keeps the phone that WhatsApp tells', async () => {
    const lid = '77000000000001@lid'
    whatsapp.addChat({ lid, phone: '34600111222', name: 'Luz' })
    whatsapp.customerSays(lid, bread.question)
    const [reply] = await on.sentTo(lid, 1)
    expect(reply).toMatchObject({ chat: lid, text: expect.stringMatching(bread.price) })
    const phones = on.shop.storage
      .prepare('SELECT phone FROM customers WHERE phone IS NOT NULL')
      .pluck()
      .all()
    expect(phones.join(' ')).toMatch(/34600111222/)
  })

  it('hears no group, channel or status', async () => {
    for (const chat of ['120363000000000001@g.us', '120363000000000002@newsletter', 'status@broadcast'])
      whatsapp.customerSays(chat, bread.question, { author: ana })
    const chat = somebody()
    whatsapp.customerSays(chat, bread.question)
    await on.sentTo(chat, 1)
    await on.settled()
    expect(on.conversation('120363000000000001@g.us')).toBeUndefined()
    expect(on.conversation('120363000000000002@newsletter')).toBeUndefined()
    expect(on.conversation('status@broadcast')).toBeUndefined()
    expect(whatsapp.sent.every(({ chat: to }) => /@(c\.us|lid)$/.test(to))).toBe(true)
  })

  it('keeps pictures, voice notes and documents, and answers what stands below them', async () => {
    const chat = somebody()
    whatsapp.customerSays(chat, bread.question, { media: { content: picture, mime: 'image/jpeg' } })
    await on.sentTo(chat, 1)
    whatsapp.customerSays(chat, '', {
      media: { content: voice, mime: 'audio/ogg; codecs=opus', kind: 'ptt' },
    })
    whatsapp.customerSays(chat, '', {
      media: { content: pdf, mime: 'application/pdf', filename: 'pedido.pdf' },
    })
    await on.until(
      () => attachments(chat).filter(({ state }) => state !== 'pending').length === 3,
      'the files',
    )
    expect(attachments(chat)).toMatchObject([
      { kind: 'photo', state: 'stored', mime: 'image/jpeg' },
      { kind: 'voice', state: 'stored', mime: expect.stringMatching(/ogg/) },
      { kind: 'document', state: 'stored', mime: 'application/pdf' },
    ])
    expect(whatsapp.sentTo(chat)[0]?.text).toMatch(bread.price)
    expect(readdirSync(join(on.folder, 'incoming'))).toEqual([])
  })

  it('sends product photos and documents', async () => {
    const chat = somebody()
    const { shop } = on
    const photo = await shop.media.put(once(picture))
    const loaf = shop.catalog
      .list({ limit: 10, offset: 0 })
      .items.find(({ name }) => name.startsWith('Hogaza'))
    if (loaf === undefined) throw new Error('no bread')
    shop.storage.write('system', (tx) =>
      shop.catalog.update(
        tx,
        loaf.id,
        { images: [{ mediaHash: photo.hash, alt: 'Hogaza' }] },
        { expectedRevision: loaf.revision },
      ),
    )
    whatsapp.customerSays(chat, '¿me mandas una foto de la hogaza de centeno?')
    await on.until(() => whatsapp.sentTo(chat).some(({ media }) => media !== null), 'the photo')
    const sent = whatsapp.sentTo(chat).find(({ media }) => media !== null)
    expect(sent).toMatchObject({ type: 'image', media: { sha256: photo.hash, mime: 'image/jpeg' } })
    const paper = await shop.media.put(once(pdf))
    await on.settled()
    expect(on.conversation(chat)).toMatchObject({ mode: 'bot' })
    const conversationId = on.conversation(chat)?.id ?? ''
    const file = { hash: paper.hash, mime: 'application/pdf', name: 'presupuesto.pdf', size: pdf.length }
    shop.conversations.send('person:lola', conversationId, 'Aquí está', file)
    await on.until(() => whatsapp.sentTo(chat).some(({ type }) => type === 'document'), 'the paper')
    expect(whatsapp.sentTo(chat).find(({ type }) => type === 'document')).toMatchObject({
      text: 'Aquí está',
      media: { sha256: paper.hash, mime: 'application/pdf', filename: 'presupuesto.pdf' },
    })
    await on.settled()
    expect(on.outbox().every((state) => state === 'sent')).toBe(true)
    expect(on.messages(chat).filter(({ author }) => author === 'person')).toHaveLength(1)
  })

  it('is back without a code after a restart, and answers once what came meanwhile', async () => {
    const [known, fresh] = [somebody(), somebody()]
    whatsapp.customerSays(known, bread.question)
    await on.sentTo(known, 1)
    await on.settled()
    await on.stop()
    expect(whatsapp.runningBrowsers()).toEqual([])
    const codes = whatsapp.log.of('qr').length
    whatsapp.customerSays(known, 'Hola otra vez')
    whatsapp.customerSays(known, '¿cuánto cuesta la miel de azahar?')
    whatsapp.customerSays(fresh, bread.question)
    const began = performance.now()
    await on.start()
    await on.untilReady()
    figures.push(['from the start of the app to ready again, ms', performance.now() - began])
    await on.until(() => /7,90/.test(whatsapp.sentTo(known).at(-1)?.text ?? ''), 'an answer')
    await on.sentTo(fresh, 1)
    await on.settled()
    expect(whatsapp.log.of('qr')).toHaveLength(codes)
    expect(whatsapp.sentTo(fresh).map(({ text }) => text)).toEqual([expect.stringMatching(bread.price)])
    // One reply or two, as they were heard together or not; but each message is there once, and answered once.
    const answers = whatsapp.sentTo(known).slice(1)
    expect(answers.filter(({ text }) => /7,90/.test(text))).toHaveLength(1)
    expect(on.messages(known).flatMap(({ author, text }) => (author === 'customer' ? [text] : []))).toEqual([
      bread.question,
      'Hola otra vez',
      '¿cuánto cuesta la miel de azahar?',
    ])
  })

  it('hands a reply over quickly, in a browser of some size', async () => {
    const chat = somebody()
    const began = performance.now()
    whatsapp.customerSays(chat, bread.question)
    await on.sentTo(chat, 1)
    figures.push(['from a question to its answer at the platform, ms', performance.now() - began])
    figures.push(['memory of the browser, MB', memoryOf(whatsapp.runningBrowsers())])
  })
})

async function* once(content: Buffer) {
  yield content
}

/** Of a process and all that it has started, MB. Pages that several of them share count for each. */
function memoryOf(pids: number[]): number {
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
  const processes = list
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const counted = new Set(pids)
  for (const [pid = 0, parent = 0] of processes) if (counted.has(parent)) counted.add(pid)
  return (
    processes.reduce((sum, [pid = 0, , kilobytes = 0]) => sum + (counted.has(pid) ? kilobytes : 0), 0) / 1024
  )
}
