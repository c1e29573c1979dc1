import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clerksPassword, NetworkHost, ownersPassword } from '../fixtures/network-host.ts'
import { cli } from './cli-fixture.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-access-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('sets the first password while nothing runs, and refuses what cannot be', async () => {
  const data = ['--data', join(folder, 'data')]
  const set = await cli(['access', 'password', '--stdin', '--json', ...data], {
    input: `${ownersPassword}\n`,
  })
  expect([set.code, set.lines]).toEqual([0, [{ personId: expect.any(String), hasPassword: true }]])
  const [list, weak, short, unknown, asked] = await Promise.all([
    cli(['access', 'list', '--json', ...data]),
    cli(['access', 'password', '--stdin', '--json', ...data], { input: 'contraseña2026' }),
    cli(['access', 'password', '--stdin', ...data], { input: 'corta', env: { LANG: 'es_ES.UTF-8' } }),
    cli(['access', 'remove', '--person', 'Nadie', ...data]),
    cli(['access', 'password', ...data]),
  ])
  expect(list.lines).toMatchObject([{ lan: { on: false }, people: [{ role: 'owner', hasPassword: true }] }])
  expect([weak.code, weak.lines]).toEqual([
    2,
    [{ error: { code: 'access.password_weak', data: { reason: 'common' } } }],
  ])
  expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('demasiado fácil')])
  expect([unknown.code, asked.code]).toEqual([3, 2])
  expect(asked.stderr).toContain('--stdin')
  const again = await cli(['access', 'password', '--stdin', ...data], {
    input: `${ownersPassword}\n`,
    env: { LANG: 'es_ES.UTF-8' },
  })
  // An owner without a name is called so by nobody but us: whoever typed that word would be refused.
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('el nombre vacío')])
  for (const { stdout, stderr } of [set, list, weak, again])
    expect(`${stdout}${stderr}`).not.toMatch(/tranvía|contraseña2026/)
}, 240_000)

it('works on the host that runs: sessions are seen and ended, with their connections', async () => {
  const host = await NetworkHost.start()
  try {
    const data = ['--data', host.dataFolder]
    const cookie = await host.signIn('Eva', clerksPassword)
    const { socket } = await host.desk(cookie)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    const sessions = await cli(['access', 'sessions', '--json', ...data])
    expect(sessions.lines).toMatchObject([{ browser: 'Firefox · Android', own: false }])
    const [ended, list] = await Promise.all([
      cli(['access', 'end', String(sessions.lines[0]?.id), ...data]),
      cli(['access', 'list', ...data]),
    ])
    expect([ended.code, await closed]).toEqual([0, 4401])
    expect(list.stdout).toContain('Eva\tclerk\twith a password')
    expect(list.stdout).toContain(host.host.network?.fingerprint)
    expect((await host.ask('/', { headers: { Cookie: cookie } })).status).toBe(401)
  } finally {
    await host.close()
  }
}, 240_000)
