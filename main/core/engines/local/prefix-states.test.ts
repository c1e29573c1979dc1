import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { asking, generated, ModelBench } from '../../../../tests/fixtures/model-host.ts'
import { withMutant } from '../../mutants.ts'
import { PrefixStates } from './prefix-states.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describe('saved prefixes', () => {
  let folder: string
  let states: PrefixStates
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'states-')), 'states')
    states = new PrefixStates(folder, 1_000)
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  const save = async (key: string, content = 'x'.repeat(400)) => {
    await states.save(key, (path) => writeFile(path, content))
    await states.settled()
  }
  const file = (key: string) => join(folder, `${key}.bin`)

  test('are found again, whole', async () => {
    expect(await states.find('a')).toBeNull()
    expect(await states.has('a')).toBe(false)
    await save('a', 'content')
    expect(await states.has('a')).toBe(true)
    expect(await readFile((await states.find('a')) ?? '', 'utf8')).toBe('content')
    expect(await new PrefixStates(folder, 1_000).find('a')).toBe(file('a'))
  })

  test.each([
    ['cut short', () => truncateSync(file('a'), 100)],
    ['changed in one byte', () => writeFileSync(file('a'), `${'x'.repeat(399)}y`)],
    ['without its sum', () => rmSync(join(folder, 'a.json'))],
    ['with a sum that is none', () => writeFileSync(join(folder, 'a.json'), '{"size":400')],
    ['gone', () => rmSync(file('a'))],
  ])('are not there when they are %s', async (_what, damage) => {
    await save('a')
    damage()
    expect(await states.find('a')).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  test('without the check a damaged file would reach the library', async () => {
    await save('a')
    writeFileSync(file('a'), `${'x'.repeat(399)}y`)
    await withMutant('models.state_checked', async () => expect(await states.find('a')).toBe(file('a')))
    expect(await states.find('a')).toBeNull()
  })

  test('leave nothing when they cannot be written', async () => {
    await states.save('a', () => Promise.reject(new Error('disk full')))
    expect(await states.find('a')).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  test('that a killed process left half written are cleaned away', async () => {
    await save('a')
    writeFileSync(join(folder, 'b.bin.123.tmp'), 'half')
    await states.clean()
    expect(readdirSync(folder).sort()).toEqual(['a.bin', 'a.json'])
  })

  test('make room for newer ones, the least used first', async () => {
    await save('a')
    await save('b')
    utimesSync(file('a'), new Date(1_000), new Date(1_000))
    utimesSync(file('b'), new Date(2_000), new Date(2_000))
    await states.find('a')
    await save('c')
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.bin'))
        .sort(),
    ).toEqual(['a.bin', 'c.bin'])
  })
})

describe('the head of a prompt', () => {
  let bench: ModelBench
  let model: string
  beforeEach(() => {
    bench = new ModelBench()
    model = bench.scripted([{ on: null, say: 'Hola.' }])
  })
  afterEach(() => bench.close())

  const head = 'You sell bread. '.repeat(40)
  const ask = (text: string, affinity: string) => {
    const conversation = { version: 'test', head, messages: [{ role: 'user' as const, text }] }
    return generated(bench.host, asking(model, text, { conversation, affinity }))
  }
  const folder = () => join(bench.folder, 'models', 'states')
  const states = () => readdirSync(folder()).filter((name) => name.endsWith('.bin'))
  /** What an end without time to finish leaves out. */
  const savedState = () =>
    expect
      .poll(() => readdirSync(folder()).filter((name) => name.endsWith('.json')), { timeout: 30_000 })
      .toHaveLength(1)

  test('is computed once, kept, and used again by other chats and after a restart', async () => {
    const cold = await ask('hola', 'one')
    expect(cold.end.cachedTokens).toBe(0)
    await savedState()
    const same = await ask('hola', 'one')
    expect(same.end.cachedTokens).toBe(same.end.inputTokens - 1)
    await bench.restart()
    const warm = await ask('otra cosa', 'two')
    expect(warm.end.cachedTokens).toBeGreaterThan(head.length)
    expect(warm.end.cachedTokens).toBeLessThan(warm.end.inputTokens)
    expect(warm.text).toBe('Hola.')
    expect(states()).toHaveLength(1)
  })

  test('holds nothing of a chat in its file', async () => {
    await ask('mi teléfono es 612345678', 'one')
    await savedState()
    const [name = ''] = states()
    const tokens = await readFile(join(folder(), name))
    // Tokens stand in the file as numbers of four bytes; a byte is its own token.
    const digits = Buffer.concat([...'612345678'].map((digit) => Buffer.from([digit.charCodeAt(0), 0, 0, 0])))
    const ours = Buffer.concat([...'bread'].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])))
    expect(tokens.includes(ours)).toBe(true)
    expect(tokens.includes(digits)).toBe(false)
  })

  test('is computed anew when its file is damaged, and written again', async () => {
    await ask('hola', 'one')
    await savedState()
    const [name = ''] = states()
    const size = statSync(join(folder(), name)).size
    await bench.host.unload()
    truncateSync(join(folder(), name), Math.floor(size / 2))
    const again = await ask('hola', 'two')
    expect(again.text).toBe('Hola.')
    expect(again.end.cachedTokens).toBe(0)
    expect(bench.deaths).toEqual([])
    await savedState()
    expect(statSync(join(folder(), name)).size).toBe(size)
  })
})
