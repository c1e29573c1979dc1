import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLog } from './log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('writes JSON lines and takes out what people wrote and what opens doors', async () => {
  const log = await openLog(folder)
  const token = `123456789:${'A'.repeat(35)}`
  log.info('one', { shop: 'demo', text: 'hola secreto', nested: [{ authorization: 'Bearer secreto' }] })
  log.child({ shop: 'two' }).error('two', { error: new Error(`https://api.telegram.org/bot${token}/getMe`) })
  log.warn('three', { url: `http://127.0.0.1:1/launch?token=${'b'.repeat(43)}` })
  await log.close()
  const [name] = readdirSync(join(folder, 'logs'))
  expect(name).toMatch(/^mostrador\.\d{4}-\d\d-\d\d\.\d+\.log$/)
  const written = readFileSync(join(folder, 'logs', name ?? ''), 'utf8')
  const lines = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ msg }) => msg)).toEqual(['one', 'two', 'three'])
  expect(lines[0]).toMatchObject({ shop: 'demo', text: '[removed]' })
  expect(lines[1]).toMatchObject({ shop: 'two' })
  expect(written).not.toContain('secreto')
  expect(written).not.toContain(token)
  expect(written).not.toContain('b'.repeat(43))
})

it.runIf(existsSync('/dev/full'))(
  'ends nothing where the disk is full, nor after it was closed',
  async () => {
    const today = new Date()
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    const name = `mostrador.${day.map((part) => String(part).padStart(2, '0')).join('-')}.1.log`
    mkdirSync(join(folder, 'logs'))
    symlinkSync('/dev/full', join(folder, 'logs', name))
    const log = await openLog(folder)
    // An error that nobody hears would end the process, and the test with it.
    log.info('lost')
    await new Promise((resolve) => setImmediate(resolve))
    log.flush()
    log.info('lost too')
    await log.close()
    log.info('nobody listens')
    log.child({ shop: 'demo' }).error('nobody listens')
    log.flush()
    await log.close()
  },
)
