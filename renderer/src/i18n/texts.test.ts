import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualDisclosure } from '../../../main/core/language/serving-texts.ts'

const here = import.meta.dirname

function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix]
  return Object.entries(value).flatMap(([key, inner]) =>
    keysOf(inner, prefix === '' ? key : `${prefix}.${key}`),
  )
}

function read(language: string, file: string): unknown {
  return JSON.parse(readFileSync(join(here, language, file), 'utf8'))
}

function valueAt(root: unknown, path: string): unknown {
  let value = root
  for (const key of path.split('.')) value = Reflect.get(Object(value), key)
  return value
}

const files = readdirSync(join(here, 'es')).sort()

describe('texts of the desk', () => {
  it('has the same files in both languages', () => {
    expect(readdirSync(join(here, 'en')).sort()).toEqual(files)
  })

  it.each(files)('%s has the same keys and placeholders in both languages', (file) => {
    const es = read('es', file)
    const en = read('en', file)
    expect(keysOf(en).sort()).toEqual(keysOf(es).sort())
    for (const key of keysOf(es)) {
      const placeholders = (text: unknown) =>
        [...String(text).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
      expect(placeholders(valueAt(en, key)), key).toEqual(placeholders(valueAt(es, key)))
      expect(String(valueAt(es, key)).trim(), key).not.toBe('')
    }
  })

  it.each(['es', 'en'])('has a text in %s for every error code of the core', (language) => {
    const source = readFileSync(join(here, '../../../main/core/errors.ts'), 'utf8')
    const list = source.slice(source.indexOf('errorCodes = ['), source.indexOf('] as const'))
    const codes = [...list.matchAll(/'([a-z_.]+)'/g)].map((match) => match[1] ?? '')
    expect(codes.length).toBeGreaterThan(20)
    const errors = read(language, 'errors.json')
    expect(codes.filter((code) => typeof valueAt(errors, code) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a text in %s for every reason of an import', (language) => {
    const source = readFileSync(join(here, '../../../main/core/catalog/import/report.ts'), 'utf8')
    const list = source.slice(source.indexOf('issueCodes = ['), source.indexOf('] as const'))
    const codes = [...list.matchAll(/'([a-z_]+)'/g)].map((match) => match[1] ?? '')
    expect(codes.length).toBeGreaterThan(10)
    const imports = read(language, 'imports.json')
    expect(codes.filter((code) => typeof valueAt(imports, `reasons.${code}`) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a name in %s for every field that an import reads', (language) => {
    const source = readFileSync(join(here, '../../../main/core/catalog/import/headers.ts'), 'utf8')
    const list = source.slice(source.indexOf('fields = ['), source.indexOf('] as const'))
    const names = [...list.matchAll(/'([a-zA-Z]+)'/g)].map((match) => match[1] ?? '')
    expect(names.length).toBeGreaterThan(10)
    const imports = read(language, 'imports.json')
    expect(names.filter((name) => typeof valueAt(imports, `fields.${name}`) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a text in %s for everything that a tariff is refused for', (language) => {
    const source = readFileSync(join(here, '../../../main/core/tariffs/checks.ts'), 'utf8')
    const issues = [...source.matchAll(/refuse\([^,]+, '([a-z_]+)'\)/g)].map((match) => match[1] ?? '')
    expect(new Set(issues).size).toBeGreaterThan(5)
    const tariffs = read(language, 'tariffs.json')
    expect(issues.filter((issue) => typeof valueAt(tariffs, `issues.${issue}`) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a text in %s for everything that an engine fails with', (language) => {
    const source = readFileSync(join(here, '../../../main/core/engines/engine.ts'), 'utf8')
    const list = source.slice(source.indexOf('type EngineErrorCode ='), source.indexOf('class EngineError'))
    const codes = [...list.matchAll(/\| '([a-z_]+)'/g)].map((match) => match[1] ?? '')
    expect(codes.length).toBeGreaterThan(10)
    const engines = read(language, 'engines.json')
    expect(codes.filter((code) => typeof valueAt(engines, `failure.${code}`) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a text in %s for every reason of an exam', (language) => {
    const source = readFileSync(join(here, '../../../main/core/exam/exam.ts'), 'utf8')
    const from = source.indexOf('type ReasonCode =')
    const codes = [...source.slice(from, source.indexOf('\n\n', from)).matchAll(/\| '([a-z_]+)'/g)].map(
      (match) => match[1] ?? '',
    )
    expect(codes.length).toBeGreaterThan(10)
    const exams = read(language, 'exams.json')
    expect(codes.filter((code) => typeof valueAt(exams, `reason.${code}`) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a name in %s for every tool', (language) => {
    const folder = join(here, '../../../main/core/agent/tools')
    const names = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {4}name: '([a-z_]+)',$/gm)])
      .map((match) => match[1] ?? '')
    expect(names.length).toBeGreaterThan(15)
    const trace = read(language, 'trace.json')
    expect(names.filter((name) => typeof valueAt(trace, `tools.${name}`) !== 'string')).toEqual([])
  })

  it.each(['es', 'en'])('has a text in %s for every finding of the money gate', (language) => {
    const folder = join(here, '../../../main/core/agent')
    const reasons = readdirSync(folder)
      .filter((file) => /^gate[a-z-]*[.]ts$/.test(file))
      .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/reason: '([a-z_]+)'/g)])
      .map((match) => match[1] ?? '')
    expect(reasons.length).toBeGreaterThan(10)
    const trace = read(language, 'trace.json')
    expect(
      [...new Set(reasons)].filter((each) => typeof valueAt(trace, `reason.${each}`) !== 'string'),
    ).toEqual([])
  })

  it.each(['es', 'en'] as const)(
    'shows the words in %s with which the assistant introduces itself',
    (language) => {
      const usual = String(valueAt(read(language, 'serving.json'), 'disclosure.usual'))
      expect(usual.replace('{{shop}}', 'El Horno')).toBe(usualDisclosure(language, 'El Horno'))
    },
  )
})
