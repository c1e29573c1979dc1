import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const document = readFileSync(join(root, 'docs', 'security.md'), 'utf8')

interface Row {
  /** The item's number in Electron's checklist; null in the table of the rest. */
  item: number | null
  text: string
  tests: { file: string; name: string }[]
}

const rows: Row[] = document
  .split('\n')
  .filter((line) => /^\| (?!#|---|What \|)/.test(line))
  .map((text) => {
    const number = /^\| (\d+) \|/.exec(text)?.[1]
    const named = text.matchAll(/`([^`]+)` › “([^”]+)”/g)
    return {
      item: number === undefined ? null : Number(number),
      text,
      tests: [...named].map(([, file = '', name = '']) => ({ file, name })),
    }
  })

/** Whether a file has a test of that name that is run. */
function hasTest({ file, name }: { file: string; name: string }): boolean {
  const path = join(root, file)
  if (!/\.test\.(ts|mjs)$/.test(file) || !existsSync(path)) return false
  const source = readFileSync(path, 'utf8')
  const quoted = ["'", '"', '`'].map((quote) => `${quote}${name}${quote}`)
  const starts = source.split(/\b(?:test|it)\(\s*/).slice(1)
  return starts.some((start) => quoted.some((each) => start.startsWith(each)))
}

test('every item of the checklist has a row, and every row a test', () => {
  expect(rows.map(({ item }) => item).filter((item) => item !== null)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
  for (const { text, tests } of rows) expect(tests.length, text).toBeGreaterThan(0)
})

test('every test that the table names is there', () => {
  const missing = rows.flatMap(({ tests }) => tests).filter((named) => !hasTest(named))
  expect(missing).toEqual([])
})

test('a test that is not there is missed', () => {
  const file = 'tests/integration/security-table.test.ts'
  expect(hasTest({ file, name: 'a test that is not there is missed' })).toBe(true)
  expect(hasTest({ file, name: 'a test that nobody wrote' })).toBe(false)
  expect(hasTest({ file: 'tests/integration/nowhere.test.ts', name: 'a test' })).toBe(false)
})

test('one exact version of Electron is pinned, typed and played', () => {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron
  expect(wanted).toMatch(/^\d+\.\d+\.\d+$/)
  const installed = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
  expect(installed.version).toBe(wanted)
  const standIn = readFileSync(join(root, 'tests', 'fakes', 'electron', 'register.ts'), 'utf8')
  expect(standIn).toContain(`value: '${wanted}'`)
  expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).not.toMatch(/electronVersion/)
})
