import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Everything that the desk says in a language, and the windows, menus and tray of the app in both. */
function onScreen(language: string): ReadonlySet<string> {
  const folder = join(import.meta.dirname, language)
  const desk = readdirSync(folder).flatMap((file) =>
    textsIn(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  )
  const around = globSync('main/electron/**/*texts.ts', { cwd: root }).flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/'([^'\n]+)'/g),
  ])
  return new Set([...desk, ...around.map(([, text = '']) => text)])
}

describe('the guide for owners', () => {
  it.each([
    ['es', 'owner.es.md', 'en negrita'],
    ['en', 'owner.md', 'in bold'],
  ])('in %s calls everything as the screen does', (language, file, example) => {
    const guide = readFileSync(join(root, 'docs', file), 'utf8')
    const named = [...guide.matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, text = '']) => text)
    expect(named.length).toBeGreaterThan(50)
    const shown = onScreen(language)
    expect(named.filter((text) => !shown.has(text) && !shown.has(`${text}.`) && text !== example)).toEqual([])
  })
})
