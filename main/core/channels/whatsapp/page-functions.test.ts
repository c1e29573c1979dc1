import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, loadConfigFromFile } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The page's functions travel as their own source text, so what the build makes of them has to stand alone. */
const modules = ['page-shims', 'page-state', 'page-chats']
const root = join(import.meta.dirname, '..', '..', '..', '..')
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'page-functions-'))
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    join(root, 'vite.config.ts'),
  )
  const main = loaded?.config.environments?.main?.build
  if (main === undefined) throw new Error('the main process is not built any more')
  const input = Object.fromEntries(modules.map((name) => [name, join(import.meta.dirname, `${name}.ts`)]))
  const output = { format: 'es', entryFileNames: '[name].js' } as const
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: { ...main, outDir: folder, emptyOutDir: true, sourcemap: false, rollupOptions: { input, output } },
  })
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(modules)('%s', (name) => {
  it('is built into one file that imports nothing and needs no helpers', () => {
    const text = readFileSync(join(folder, `${name}.js`), 'utf8')
    expect(readdirSync(folder).toSorted()).toEqual(modules.map((one) => `${one}.js`).toSorted())
    expect(text).not.toMatch(/^import\b|\bimport\(|\b__\w+\(/m)
  })

  it('holds functions that use nothing outside of themselves', async () => {
    const text = readFileSync(join(folder, `${name}.js`), 'utf8')
    const declared = text.matchAll(/^(?:export )?(?:async )?(?:function\*?|const|let|var|class) ([\w$]+)/gm)
    const names = [...declared].map(([, found = '']) => found)
    const built: Record<string, unknown> = await import(pathToFileURL(join(folder, `${name}.js`)).href)
    const functions = Object.entries(built)
    expect(functions.length).toBeGreaterThan(3)
    for (const [own, value] of functions) {
      if (typeof value !== 'function') throw new Error(`${own} is no function`)
      const others = names.filter((other) => other !== own)
      const used = others.filter((other) =>
        new RegExp(`(?<![.\\w$])${other}\\b(?!\\s*:)`).test(String(value)),
      )
      expect([own, used]).toEqual([own, []])
      // It can be made again from its text alone.
      expect(() => new Function(`return (${String(value)})`)()).not.toThrow()
    }
  })
})
