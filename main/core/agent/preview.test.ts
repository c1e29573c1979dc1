import { afterAll, beforeAll, expect, it } from 'vitest'
import { asks, PromptedShop, writes } from '../../../tests/fixtures/prompted-shop.ts'
import { EngineError } from '../engines/engine.ts'
import { defaultPersonality } from '../personality/service.ts'

let shop: PromptedShop
beforeAll(async () => {
  shop = await PromptedShop.start()
})
afterAll(() => shop.close())

const personality = { ...defaultPersonality(), assistantName: 'Lola', tone: 'playful' } as const
const preview = (
  message: string,
  engine: Parameters<typeof shop.shop.preview.answer>[0]['engine'] = shop.model,
) => shop.shop.preview.answer({ personality, message, engine }, new AbortController().signal)

/** Everything that is stored, but for what moves by itself. */
function stored(): string {
  const { sql } = shop.shop.storage
  const tables = sql
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
    .map(String)
  return tables
    .filter((name) => !name.includes('_fts') && !name.startsWith('search'))
    .map((name) => `${name} ${String(sql.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())}`)
    .join('\n')
}

it('answers as the personality would, from the shop’s data, and writes nothing', async () => {
  const before = stored()
  shop.model.steps(writes('¡Soy Lola! La Miel de azahar cuesta 7,90 €.'))
  const given = await preview('¿cuánto cuesta la miel de azahar?')
  expect(given).toMatchObject({ engine: 'model', gate: { ok: true }, costMicros: 5 })
  expect(given.text).toContain('7,90 €')
  expect(given.promptVersion).toMatch(/^salesperson@/)
  expect(given.steps.map(({ engine }) => engine)).toEqual(['retrieval', 'model'])
  expect(shop.model.asked.at(-1)?.conversation.head).toContain('Lola')
  expect(stored()).toBe(before)
})

it('does nothing: tools that would are refused', async () => {
  const before = stored()
  const { variantId } = shop.variant('MIE-1')
  shop.model.steps(
    asks(
      ['set_cart_line', { variantId, quantity: 1 }],
      ['hand_over', { reason: 'asked', summary: '' }],
      ['ask_owner', { kind: 'question', question: 'hola' }],
    ),
    writes('Hecho: he añadido la Miel de azahar al carrito.'),
    writes('¿Qué buscas?'),
  )
  const given = await preview('ponme una miel de azahar')
  const codes = given.steps.flatMap(({ calls }) => calls).filter(({ ok }) => !ok)
  expect(codes.map(({ result }) => result)).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ code: 'tool.not_in_preview' })),
  )
  expect(given.text).toBe('¿Qué buscas?')
  expect(stored()).toBe(before)
})

it('shows the answer that would leave where the gate refuses twice', async () => {
  shop.model.steps(writes('La miel cuesta 3 €.'))
  const given = await preview('¿cuánto cuesta la miel de azahar?')
  expect(given.gate).toMatchObject({ ok: false, refusedText: 'La miel cuesta 3 €.' })
  expect(given.text).toContain('7,90')
  expect(given.steps.some(({ refused }) => refused !== null)).toBe(true)
})

it('works with the built-in engine, and names what fails', async () => {
  const given = await preview('hola', shop.shop.engines.engine('builtin'))
  expect(given.text).toContain('Lola')
  expect(given).toMatchObject({ engine: 'builtin', gate: { ok: true } })
  shop.model.steps(new EngineError('refused_key'))
  await expect(preview('hola')).rejects.toMatchObject({ code: 'refused_key' })
})
