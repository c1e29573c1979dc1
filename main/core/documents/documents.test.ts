import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../app.ts'
import { isDomainError } from '../errors.ts'
import type { OrderRequest } from '../orders/order.ts'
import type { Shop } from '../shops/shop.ts'

let folder: string
let app: App
let shop: Shop
let shirt: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'))
  app = await createApp({ closed: true, quietWindowMs: 0, longestWaitMs: 0 }, createTestHost(folder))
  shop = await app.shops.create({
    name: 'Cacharrería Sol',
    currency: 'EUR',
    locale: 'es-ES',
    country: 'ES',
    timeZone: 'Europe/Madrid',
  })
  shirt = shop.storage.write('system', (tx) => {
    const product = shop.catalog.create(tx, {
      name: 'Camiseta <b>ñandú</b>',
      category: '',
      variants: [
        { sku: 'CAM-1', price: { kind: 'exact', amount: 1990 }, stock: { tracked: true, onHand: 50 } },
      ],
    })
    shop.knowledge.setProfile(tx, { address: 'Calle del Sol 1, Madrid', phone: '910 000 000' })
    return product.variants[0]?.id ?? ''
  })
})

afterEach(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

function request(quantity: number, method: 'delivery' | 'none' = 'delivery'): OrderRequest {
  return {
    lines: [{ variantId: shirt, quantity }],
    delivery: {
      method,
      zoneId: null,
      zoneName: 'Centro',
      fee: method === 'delivery' ? 395 : 0,
      place: '28013 Madrid',
      address: 'Calle Mayor 3',
      recipient: 'Ana Pérez',
      phone: '600111222',
      slotId: null,
      slotLabel: '',
      slotDate: null,
    },
    payment: { id: null, name: 'Bizum' },
    discountCode: null,
    note: '',
  }
}

function place(quantity = 2, method: 'delivery' | 'none' = 'delivery') {
  return shop.storage.write('agent', (tx) =>
    shop.orders.place(tx, shop.orders.draft(request(quantity, method)), {
      customerId: null,
      conversationId: null,
      source: 'desk',
      summaryId: null,
    }),
  )
}

async function read(mediaHash: string): Promise<{ text: string; pages: number }> {
  const path = shop.media.path(mediaHash)
  if (path === null) throw new Error('no file')
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(path)))
  const { text } = await extractText(pdf, { mergePages: true })
  return { text: text.replace(/\s+/g, ' '), pages: pdf.numPages }
}

describe('a receipt', () => {
  it('says what was sold, its taxes and its total as the order has them', async () => {
    const order = place()
    const document = await shop.documents.make('person:p', { kind: 'receipt', orderId: order.id })
    expect(document.name).toBe(`recibo-${order.number}.pdf`)
    const { text } = await read(document.mediaHash)
    for (const part of [
      'Cacharrería Sol',
      'Calle del Sol 1',
      'Ana Pérez',
      'CAM-1',
      '19,90',
      '39,80',
      '3,95',
      '43,75',
      'IVA',
      '21',
      'Bizum',
    ])
      expect(text).toContain(part)
    // What a customer or a catalog wrote is text, not markup.
    expect(text).toContain('<b>ñandú</b>')
  })

  it('adds up where fetching costs something', async () => {
    const order = shop.storage.write('agent', (tx) => {
      const wanted = request(1)
      const draft = shop.orders.draft({
        ...wanted,
        delivery: { ...wanted.delivery, method: 'pickup', fee: 123 },
      })
      const meta = { customerId: null, conversationId: null, source: 'desk' as const, summaryId: null }
      return shop.orders.place(tx, draft, meta)
    })
    const document = await shop.documents.make('person:p', { kind: 'receipt', orderId: order.id })
    const { text } = await read(document.mediaHash)
    for (const part of ['19,90', '1,23', '21,13']) expect(text).toContain(part)
  })

  it('is not kept of a customer who was erased while it was made', async () => {
    const customerId = shop.storage.write('person:p', (tx) => shop.customers.create(tx, { name: 'Eva Ruiz' }))
    const order = shop.storage.write('person:p', (tx) =>
      shop.orders.counterSale(tx, { lines: [{ variantId: shirt, quantity: 1 }], customerId }),
    )
    const making = shop.documents.make('person:p', { kind: 'receipt', orderId: order.id })
    await Promise.all([
      expect(making).rejects.toMatchObject({ code: 'not_found' }),
      shop.erasure.erase('person:p', customerId, 'Eva Ruiz'),
    ])
    expect(shop.orders.get(order.id).documents).toEqual([])
    const files = readdirSync(join(folder, 'shops', shop.slug, 'media'), {
      recursive: true,
      withFileTypes: true,
    })
    expect(files.filter((file) => file.isFile())).toEqual([])
  })

  it('is made once for each revision, language and template', async () => {
    const { id: orderId } = place()
    const make = (language: 'es' | 'en') =>
      shop.documents.make('person:p', { kind: 'receipt', orderId, language })
    const first = await make('es')
    expect(await make('es')).toEqual(first)
    const english = await make('en')
    expect(english.id).not.toBe(first.id)
    expect((await read(english.mediaHash)).text).toContain('VAT 21% included')
    expect(shop.orders.get(orderId).documents).toHaveLength(2)
    const template = shop.documents.template()
    const words = { ...template.es.receipt, title: 'Factura simplificada', terms: 'Cambios en 15 días.' }
    shop.storage.write('person:p', (tx) =>
      shop.documents.setTemplate(tx, {
        es: { ...template.es, receipt: words },
        legal: 'Sol S.L.\nB-12345678',
      }),
    )
    const changed = await make('es')
    expect(changed.id).not.toBe(first.id)
    const { text } = await read(changed.mediaHash)
    for (const part of ['Factura simplificada', 'Cambios en 15 días.', 'B-12345678'])
      expect(text).toContain(part)
  })

  it('goes over as many pages as it takes, each numbered', async () => {
    const many = request(1)
    const order = shop.storage.write('agent', (tx) => {
      const lines = Array.from({ length: 120 }, (_, index) => {
        const product = shop.catalog.create(tx, {
          name: `Artículo ${index}`,
          category: '',
          variants: [{ price: { kind: 'exact', amount: 100 + index } }],
        })
        return { variantId: product.variants[0]?.id ?? '', quantity: 1 }
      })
      return shop.orders.place(tx, shop.orders.draft({ ...many, lines }), {
        customerId: null,
        conversationId: null,
        source: 'desk',
        summaryId: null,
      })
    })
    const { mediaHash } = await shop.documents.make('person:p', { kind: 'receipt', orderId: order.id })
    const { text, pages } = await read(mediaHash)
    expect(pages).toBeGreaterThan(2)
    expect(text).toContain(`Página ${pages} de ${pages}`)
    expect(text).toContain('Artículo 119')
  })
})

it('a packing slip names no price', async () => {
  const order = place(3)
  const { mediaHash } = await shop.documents.make('person:p', { kind: 'packing_slip', orderId: order.id })
  const { text } = await read(mediaHash)
  expect(text).toContain('Calle Mayor 3')
  expect(text).not.toContain('19,90')
  expect(text).not.toMatch(/€/)
})

it('a logo is a picture and nothing else', async () => {
  const refused = await shop.documents
    .setLogo('person:p', once(Buffer.from('<svg/>')))
    .catch((error: unknown) => error)
  expect(isDomainError(refused, 'media.type_refused')).toBe(true)
  const head = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64')
  const broken = await shop.documents.setLogo('person:p', once(head)).catch((error: unknown) => error)
  expect(isDomainError(broken, 'media.type_refused')).toBe(true)
  expect(shop.documents.template().logoHash).toBeNull()
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const { logoHash } = await shop.documents.setLogo('person:p', once(Buffer.from(pixel, 'base64')))
  expect(logoHash).toMatch(/^[0-9a-f]{64}$/)
  const { mediaHash } = await shop.documents.sample('receipt', 'es')
  expect((await read(mediaHash)).text).toContain('Recibo')
})

it('a quote in another language says the same figures', async () => {
  for (const language of ['es', 'en'] as const) {
    const { mediaHash } = await shop.documents.sample('quote', language)
    const { text } = await read(mediaHash)
    expect(text).toMatch(/47[,.]00/)
    expect(text).toContain(language === 'es' ? 'Presupuesto' : 'Quote')
  }
})

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
