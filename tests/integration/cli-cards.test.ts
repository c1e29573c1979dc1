import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { cli } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-cards-'))
const run = (args: string[], input?: string) => cli([...args, '--data', data, '--json'], { input })
afterAll(() => rmSync(data, { recursive: true, force: true }))

it('lists, answers and dismisses cards, and lists what was asked for in vain', async () => {
  await run(['shop', 'create', '--name', 'Tienda', '--currency', 'EUR', '--locale', 'es-ES'])
  const asked = await run(['chat', '--as', 'Ana'], '¿tenéis pianos de cola?\n¿y vendéis arpas celtas?\n')
  expect(asked.lines.map(({ reply }) => reply)).toEqual([
    expect.stringMatching(/consulto/i),
    expect.stringMatching(/consulto/i),
  ])
  const open = await run(['cards', 'list', '--state', 'open'])
  expect(open).toMatchObject({
    code: 0,
    lines: [
      { seq: 2, kind: 'product', state: 'open', question: '¿y vendéis arpas celtas?' },
      { seq: 1, question: '¿tenéis pianos de cola?', waiting: [{ customer: { name: 'Ana' }, told: false }] },
    ],
  })
  const answered = await run(['cards', 'answer', '#1', 'Sí, a 4.250 €', '--keep', 'product'])
  expect(answered).toMatchObject({
    code: 0,
    lines: [{ state: 'answered', answer: 'Sí, a 4.250 €', waiting: [{ told: true }] }],
  })
  expect(answered.lines[0]?.productId).toEqual(expect.any(String))
  const id = String(open.lines[0]?.id)
  expect((await run(['cards', 'dismiss', id])).lines).toMatchObject([{ state: 'dismissed' }])
  const next = await run(['chat', '--as', 'Luis', '--say', '¿cuánto cuestan los pianos de cola?'])
  expect(String(next.lines[0]?.reply)).toContain('4.250,00 €')
  const demand = await run(['demand', 'list'])
  expect(demand.lines).toMatchObject([
    { kind: 'not_found', text: 'arpas celtas', times: 1 },
    { kind: 'not_found', text: 'pianos de cola', times: 1 },
  ])
})
