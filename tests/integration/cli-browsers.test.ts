import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { browserScript, FakeBrowserFiles } from '../fakes/browser-files/server.ts'
import { cli, startCli } from './cli-fixture.ts'

// Every command is a process of its own that starts a browser, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-browsers-'))
let server: FakeBrowserFiles

const options = () => ({ env: { MOSTRADOR_BROWSER_ENDPOINT: server.endpoint } })
const run = (...args: string[]) => cli(['browser', ...args, '--data', data, '--json'], options())

beforeAll(async () => {
  server = await FakeBrowserFiles.start()
})
afterAll(async () => {
  await server.stop()
  rmSync(data, { recursive: true, force: true })
})

it('downloads a browser, shows how far it is, and lists it', async () => {
  const { code, lines } = await run('download')
  expect(code).toBe(0)
  expect(lines).toContainEqual(expect.objectContaining({ event: 'progress', step: 'fetching' }))
  const { path } = lines.at(-1) ?? {}
  expect(lines.at(-1)).toMatchObject({ state: 'done', version: expect.stringMatching(/^\d+\./) })
  const listed = await run('list')
  expect(listed.lines.at(-1)).toMatchObject({ name: 'Chrome for Testing', source: 'downloaded', path })
})

it('uses the owner’s, and says why another does not do', async () => {
  const path = join(data, 'my-chrome')
  writeFileSync(path, browserScript)
  chmodSync(path, 0o755)
  expect((await run('use', path)).lines).toEqual([
    { chosen: path, path, version: expect.stringMatching(/^\d+\./) },
  ])
  const refused = await run('use', '/bin/true')
  expect(refused).toMatchObject({ code: 2 })
  expect(refused.lines).toEqual([
    { error: { code: 'browser.not_usable', data: { path: '/bin/true', reason: 'not_chrome' } } },
  ])
  const said = await cli(['browser', 'use', join(data, 'nothing'), '--data', data], {
    env: { LANG: 'es_ES.UTF-8' },
  })
  expect(said.stderr.trim()).toBe(`En ${join(data, 'nothing')} no hay nada.`)
  expect((await run('list')).lines[0]).toMatchObject({ path, source: 'chosen' })
  rmSync(path)
  expect((await run('list')).lines).toContainEqual({ event: 'chosen_gone', path })
  expect((await run('use', 'auto')).lines[0]).toMatchObject({ chosen: null })
})

it('cancels a download on an interrupt, and says when one fails', async () => {
  const folders = () => readdirSync(join(data, 'browsers')).filter((name) => name.startsWith('chrome-'))
  const before = folders()
  server.fault({ kind: 'stall', after: 200_000 })
  const running = startCli(['browser', 'download', '--data', data, '--json'], options())
  for (let line = await running.next(); line.bytes === 0; ) line = await running.next()
  running.child.kill('SIGINT')
  const cancelled = await running.ended
  expect(cancelled.code).toBe(1)
  expect(cancelled.lines.at(-1)).toEqual({ state: 'none' })
  expect(folders()).toEqual(before)
  server.fault({ kind: 'status', status: 404 })
  const failed = await run('download')
  expect(failed.code).toBe(7)
  expect(failed.lines.at(-1)).toEqual({
    error: { code: 'browser.download_failed', data: { reason: 'refused' } },
  })
  // What was there before still is.
  expect(folders()).toEqual(before)
  expect(existsSync(join(data, 'browsers', 'download.lock'))).toBe(false)
})
