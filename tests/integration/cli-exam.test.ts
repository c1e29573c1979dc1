import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cli } from './cli-fixture.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'cli-exam-'))
const data = join(folder, 'data')

beforeAll(async () => {
  const made = await cli([
    'shop',
    'create',
    '--name',
    'Sol',
    '--currency',
    'EUR',
    '--locale',
    'es-ES',
    '--data',
    data,
  ])
  expect(made.code, made.stderr).toBe(0)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('examines, writes a report, and ends with 1 below the limit', async () => {
  const cases = join(folder, 'cases.json')
  const report = join(folder, 'report.html')
  writeFileSync(
    cases,
    JSON.stringify([
      { name: 'hello', turns: ['hola'] },
      { name: '<script>alert(1)</script>', turns: [{ customer: 'hola', says: 'nobody says this' }] },
    ]),
  )
  const args = ['eval', '--engine', 'builtin', '--classes', 'owner', '--cases', cases, '--report', report]
  const ran = await cli([...args, '--min-pass', '0.9', '--max-wrong-figures', '0', '--data', data, '--json'])
  expect(ran.code, ran.stderr).toBe(1)
  expect(ran.lines.filter((line) => line.event === 'progress').length).toBeGreaterThan(0)
  expect(ran.lines.at(-1)).toMatchObject({
    passed: false,
    failures: [{ limit: 'min-pass', is: 0.5, wanted: 0.9 }],
    report: { state: 'done', overall: { passed: 1, total: 2 }, wrongFigures: 0 },
  })
  const html = readFileSync(report, 'utf8')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).not.toContain('<script')
  expect(html).toContain("default-src 'none'")
  // The copy of the shop is gone.
  expect(readdirSync(join(data, 'tmp'))).toEqual([])
})

it('compares with an earlier run and says it in the language of the terminal', async () => {
  const listed = await cli(['eval', '--list', '--data', data, '--json'])
  const earlier = String(listed.lines[0]?.runId)
  const report = join(folder, 'report.md')
  const cases = join(folder, 'cases.json')
  const ran = await cli(
    [
      'eval',
      '--compare',
      earlier,
      '--classes',
      'owner',
      '--cases',
      cases,
      '--report',
      report,
      '--data',
      data,
    ],
    { env: { LANG: 'es_ES.UTF-8' } },
  )
  expect(ran.code, ran.stderr).toBe(0)
  expect(ran.stdout).toContain('# Examen de builtin')
  expect(ran.stdout).toContain('## Comparación con builtin')
  expect(ran.stdout).toContain('| owner | 1/2 | 50,0 % |')
  expect(readFileSync(report, 'utf8')).toContain('Casos no superados')
})

it('tells wrong use from what is not there', async () => {
  const unreadable = await cli(['eval', '--cases', join(folder, 'none.json'), '--data', data])
  expect(unreadable.code).toBe(2)
  const engine = await cli(['eval', '--engine', 'local', '--data', data, '--json'])
  expect(engine.code).toBe(3)
  expect(engine.lines.at(-1)).toMatchObject({ error: { code: 'engine.not_found' } })
})
